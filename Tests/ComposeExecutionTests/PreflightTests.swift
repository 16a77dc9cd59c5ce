import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import DurableFiles
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// What is told before the first change: nothing is in the journal then, and
/// nothing on disk has another time.
@Suite struct PreflightTests {
  private func expectUntouched(
    _ stage: Stage, _ body: () async throws -> Void
  ) async throws -> ComposeError {
    func snapshot() throws -> String {
      try Shell.check("find", [stage.root, "-printf", "%P %i %T@ %C@ %l\n"])
    }
    let before = try snapshot()
    let error = try await #require(throws: ComposeError.self) { try await body() }
    #expect(try snapshot() == before)
    #expect(try stage.ledger.openOperation() == nil)
    return error
  }

  @Test func `another tree in the archive's place`() async throws {
    let stage = try await Stage.superseded()
    let taken = stage.locations.archive + "/releases/7.06.201903"
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
    let line = String(repeating: "0", count: 64) + "  somebody/else\n"
    try Data(line.utf8).write(to: URL(fileURLWithPath: taken + "/MANIFEST.sha256"))
    let error = try await expectUntouched(stage) { try stage.archive("7.06.201903") }
    #expect(error.kind == .cannotCreate, "\(error)")
    #expect(error.cause == "another tree is there")
    #expect(error.thing.contains("archives/epel/releases/7.06.201903"))
    try FileManager.default.removeItem(atPath: taken)
    // The right one, made before: it counts as done.
    try stage.archive("7.06.201903")
    #expect(try stage.verify("7.06.201903").isEmpty)
  }

  @Test func `a file of unknown origin where a push needs the name`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release("7.06.201903")
    try stage.add(.push)
    let unknown =
      stage.locations.public
      + "/updates/7.06.201903/Everything/ppc64/Packages/i/iota-1.0-1.noarch.rpm"
    try FileManager.default.createDirectory(
      atPath: (unknown as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: unknown))
    let error = try await expectUntouched(stage) { try await stage.update() }
    #expect(error.kind == .cannotCreate)
    #expect(error.thing == unknown)
    try FileManager.default.removeItem(atPath: unknown)
    try await stage.update()
  }

  @Test func `a file of unknown origin in a staged tree is not lost by publishing it`() async throws
  {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try stage.scratch.write("mine", to: "root/pub/alt/epel/updates/7.06.201903/notes")
    let error = try await expectUntouched(stage) { try stage.publish("7.06.201903") }
    #expect(error.kind == .refused)
    #expect(error.thing.hasSuffix("/notes"))
  }

  @Test func `a workspace that no ledger knows is not built over`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    let workspace = "root/pub/alt/epel/.epel-compose-epel-7-7.06.201903/updates/7.06.201903"
    try stage.scratch.write("old", to: workspace + "/Everything/x86_64/Packages/o/old.rpm")
    try await stage.compose("7.06.201903")
    #expect(try stage.verify("7.06.201903").isEmpty)
  }

  @Test func `a name in staging that is taken`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try stage.scratch.write("?", to: "root/pub/alt/epel/updates/7.06.201903/file")
    let error = try await expectUntouched(stage) { try await stage.compose("7.06.201903") }
    #expect(error.kind == .cannotCreate)
  }

  /// As many names as ext4 lets a file have.
  static let limit: Int? = {
    let limit = pathconf(FileManager.default.temporaryDirectory.path, Int32(_PC_LINK_MAX))
    return (128...100_000).contains(limit) ? limit : nil
  }()

  @Test(.enabled(if: limit != nil, "the file system of temporary files has no small limit"))
  func `a file that has all the names it can have is copied`() throws {
    let limit = try #require(Self.limit)
    let scratch = try TemporaryDirectory()
    let path = try scratch.write("payload", to: "file")
    try FileManager.default.createDirectory(
      atPath: scratch.path("names"), withIntermediateDirectories: true)
    for index in 1..<limit where link(path, scratch.path("names/\(index)")) != 0 {
      Issue.record("link \(index): \(errno)")
      return
    }
    let file = try ReadableFile(path: path)
    #expect(file.status.links == limit)
    let target = try Directory.create(root: scratch.path("target"))
    let source = try VerifiedFile(file, expecting: file.sha256())
    #expect(try target.place(source, as: "copy") == .copied)
    #expect(try target.openFile(RelativePath.of("copy")).sha256() == source.checksum)
  }
}
