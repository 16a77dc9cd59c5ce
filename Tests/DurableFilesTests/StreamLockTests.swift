import ComposeTestSupport
import DurableFiles
import ReleaseModel
import Testing

@Suite struct StreamLockTests {
  @Test func `the second one learns who holds it, and the file stays`() throws {
    let scratch = try TemporaryDirectory()
    let state = try Directory.open(root: scratch.path)
    func take(_ holder: String) throws -> StreamLock {
      try StreamLock(in: state, name: "stream.lock", holder: holder)
    }
    do {
      let lock = try take("promote 7.06.201903")
      let error = #expect(throws: ComposeError.self) { try take("x") }
      #expect(error?.kind == .locked)
      #expect(error?.cause.contains("promote 7.06.201903") == true)
      withExtendedLifetime(lock) {}
    }
    #expect(try state.names() == ["stream.lock"])
    _ = try take("pid 2")
  }

  @Test func `children do not inherit it`() throws {
    let scratch = try TemporaryDirectory()
    let lock = try StreamLock(
      in: Directory.open(root: scratch.path), name: "stream.lock", holder: "test")
    let listing = try Shell.check("sh", ["-c", "ls -l /proc/self/fd"])
    #expect(!listing.contains("stream.lock"))
    withExtendedLifetime(lock) {}
  }
}
