import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import ReleaseModel
import Testing

@Suite struct PlacementTests {
  /// A file with its SHA-256.
  private func source(_ scratch: TemporaryDirectory, _ text: String = "payload") throws
    -> VerifiedFile
  {
    let file = try ReadableFile(path: scratch.write(text, to: "source"))
    return try VerifiedFile(file, expecting: file.sha256())
  }

  @Test func `on one device a file gets a second name`() throws {
    let scratch = try TemporaryDirectory()
    let source = try source(scratch)
    let target = try Directory.create(root: scratch.path("target"))
    #expect(try target.place(source, as: "a.rpm") == .linked)
    #expect(try target.place(source, as: "a.rpm") == .linked, "it can be repeated")
    let status = try #require(try target.status(of: RelativePath.of("a.rpm")))
    #expect(status.isSameFile(as: source.file.status))
  }

  @Test(arguments: [0o600, 0o666, 0o664, 0o4755, 0o2644, 0o1644] as [mode_t])
  func `a file of another mode is copied with mode 0644 and its time`(mode: mode_t) throws {
    let scratch = try TemporaryDirectory()
    let path = try scratch.write("payload", to: "source")
    #expect(chmod(path, mode) == 0)
    let file = try ReadableFile(path: path)
    let target = try Directory.create(root: scratch.path("target"))
    #expect(try target.place(VerifiedFile(file, expecting: file.sha256()), as: "a.rpm") == .copied)
    let status = try #require(try target.status(of: RelativePath.of("a.rpm")))
    #expect(status.mode == 0o644)
    #expect(status.modified == file.status.modified)
    #expect(!status.isSameFile(as: file.status))
  }

  @Test func `modes are the same below a directory that hands its own on`() throws {
    let scratch = try TemporaryDirectory()
    let root = try Directory.create(root: scratch.path("target"))
    #expect(chmod(root.path, 0o2775) == 0)
    if Shell.has("setfacl") {
      try Shell.check("setfacl", ["-d", "-m", "u::rwx,g::---,o::---", root.path])
    }
    try root.replaceFile(RelativePath.of("a/b/c.txt"), with: Array("x".utf8))
    for (path, mode) in [("a", 0o755), ("a/b", 0o755), ("a/b/c.txt", 0o644)] as [(_, UInt32)] {
      #expect(try root.status(of: RelativePath.of(path))?.mode == mode, "\(path)")
    }
    #expect(try root.status().mode == 0o2775, "what was there is left as it is")
  }

  @Test(.enabled(if: Self.otherDevice != nil, "needs a second file system at /dev/shm"))
  func `across devices it is copied and read back`() throws {
    let other = try #require(Self.otherDevice)
    let scratch = try TemporaryDirectory()
    let away = try TemporaryDirectory(in: other)
    let source = try source(scratch)
    let target = try Directory.open(root: away.path)
    #expect(try target.place(source, as: "a.rpm") == .copied)
    #expect(try target.openFile(RelativePath.of("a.rpm")).sha256() == source.checksum)
    #expect(try target.names() == ["a.rpm"])
    #expect(try target.canLink(to: Directory.open(root: scratch.path)) == false)
  }

  static let otherDevice: URL? = {
    let url = URL(fileURLWithPath: "/dev/shm")
    guard access(url.path, W_OK) == 0, let shm = try? Directory.open(root: url.path),
      let here = try? Directory.open(root: FileManager.default.temporaryDirectory.path)
    else { return nil }
    return (try? shm.canLink(to: here)) == false ? url : nil
  }()

  @Test func `a name that is taken by other contents is left alone`() throws {
    let scratch = try TemporaryDirectory()
    let source = try source(scratch)
    try scratch.write("something else", to: "target/a.rpm")
    let target = try Directory.open(root: scratch.path("target"))
    let error = #expect(throws: ComposeError.self) { try target.place(source, as: "a.rpm") }
    #expect(error?.kind == .cannotCreate)
    let found = try String(contentsOfFile: scratch.path("target/a.rpm"), encoding: .utf8)
    #expect(found == "something else")
  }

  @Test func `contents that are not the planned ones are refused`() throws {
    let scratch = try TemporaryDirectory()
    let file = try ReadableFile(path: scratch.write("payload", to: "source"))
    let other = Checksum(digest: Array(repeating: 7, count: 32))
    let error = #expect(throws: ComposeError.self) { try VerifiedFile(file, expecting: other) }
    #expect(error?.kind == .badData)
  }
}
