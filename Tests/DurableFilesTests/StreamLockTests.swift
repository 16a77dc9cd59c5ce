import ComposeTestSupport
import DurableFiles
import Foundation
import ReleaseModel
import Testing

@Suite struct StreamLockTests {
  @Test func `the second one learns who holds it, and the file stays`() throws {
    let scratch = try TemporaryDirectory()
    let path = scratch.path("stream.lock")
    do {
      let lock = try StreamLock(path: path, holder: "pid 1, promote 7.06.201903")
      let error = #expect(throws: ComposeError.self) { try StreamLock(path: path, holder: "x") }
      #expect(error?.kind == .locked)
      #expect(error?.cause.contains("promote 7.06.201903") == true)
      withExtendedLifetime(lock) {}
    }
    #expect(FileManager.default.fileExists(atPath: path))
    _ = try StreamLock(path: path, holder: "pid 2")
  }

  @Test func `children do not inherit it`() throws {
    let scratch = try TemporaryDirectory()
    let path = scratch.path("stream.lock")
    let lock = try StreamLock(path: path, holder: "pid 1")
    let listing = try Shell.check("sh", ["-c", "ls -l /proc/self/fd"])
    #expect(!listing.contains("stream.lock"))
    withExtendedLifetime(lock) {}
  }
}
