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

/// The archive protocol, with things that happen in the middle of a copy.
@Suite(.enabled(if: access("/dev/shm", W_OK) == 0, "needs a second file system at /dev/shm"))
struct ArchiveProtocolTests {
  /// Its archive root is on another device.
  private func stage() async throws -> (stage: Stage, elsewhere: TemporaryDirectory) {
    let stage = try await Stage.superseded()
    let elsewhere = try TemporaryDirectory(in: URL(fileURLWithPath: "/dev/shm"))
    try FileManager.default.createDirectory(
      atPath: stage.root + "/pub/archives", withIntermediateDirectories: true)
    #expect(symlink(elsewhere.path, stage.locations.archive) == 0)
    return (stage, elsewhere)
  }

  /// Does something once, at the first call that it is asked for.
  private final class Meanwhile: MutationObserver {
    private let body: @Sendable (Mutation) -> Bool
    private let isDone = Guarded(false)

    /// - Parameter body: true if it has done its work.
    init(_ body: @escaping @Sendable (Mutation) -> Bool) { self.body = body }

    func fault(before mutation: Mutation) -> Fault? {
      isDone.withLock { isDone in
        if !isDone { isDone = body(mutation) }
      }
      return nil
    }

    func made(_ mutation: Mutation, result: Int32) {}
  }

  private func archive(_ stage: Stage, _ meanwhile: Meanwhile) throws -> ComposeError {
    try #require(throws: ComposeError.self) {
      try FaultPoint.$observer.withValue(meanwhile) { try stage.archive("7.06.201903") }
    }
  }

  @Test func `a bit that flips in the copy is found by reading it back`() async throws {
    let (stage, elsewhere) = try await stage()
    let error = try archive(
      stage,
      Meanwhile { mutation in
        guard case .syncFile(let copy) = mutation else { return false }
        // What a failing disk does: the written byte comes back as another.
        let file = open("/proc/self/fd/\(copy)", O_RDWR | O_CLOEXEC)
        defer { close(file) }
        var byte: UInt8 = 0
        guard file >= 0, pread(file, &byte, 1, 10) == 1 else { return false }
        byte ^= 1
        return pwrite(file, &byte, 1, 10) == 1
      })
    #expect(error.kind == .inputOutput)
    #expect(error.cause.contains("read back differs"))
    #expect(try stage.verify("7.06.201903").isEmpty, "the original is whole")
    #expect(try stage.record("7.06.201903").state == .superseded)
    try stage.archive("7.06.201903")
    #expect(try stage.verify("7.06.201903").isEmpty)
    withExtendedLifetime(elsewhere) {}
  }

  @Test(arguments: ["grows", "appears", "is replaced"])
  func `a source that changes meanwhile stops the archive`(change: String) async throws {
    let (stage, elsewhere) = try await stage()
    let tree = stage.locations.public + "/updates/7.06.201903"
    let victim = tree + "/Everything/x86_64/repodata/repomd.xml"
    let intact = try Data(contentsOf: URL(fileURLWithPath: victim))
    // At the last flush, when every file of this tree has been copied.
    let error = try archive(
      stage,
      Meanwhile { mutation in
        guard case .syncFileSystem(let copy) = mutation,
          (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(copy)"))?
            .contains("/updates/") == true
        else { return false }
        switch change {
        case "grows": try? (intact + Data("<!-- -->".utf8)).write(to: URL(fileURLWithPath: victim))
        case "appears": try? Data("?".utf8).write(to: URL(fileURLWithPath: tree + "/unknown"))
        default: try? intact.write(to: URL(fileURLWithPath: victim))
        }
        return true
      })
    #expect(error.kind == .inputOutput)
    #expect(error.cause.contains("changed while the tree was copied"), "\(error)")
    #expect(!FileManager.default.fileExists(atPath: elsewhere.path("updates/7.06.201903")))
    try intact.write(to: URL(fileURLWithPath: victim))
    try? FileManager.default.removeItem(atPath: tree + "/unknown")
    try stage.archive("7.06.201903")
    #expect(try stage.verify("7.06.201903").isEmpty)
  }

  @Test func `what an earlier try left is replaced where the tree was renewed since`() async throws
  {
    let (stage, elsewhere) = try await stage()
    let unknown = stage.locations.public + "/updates/7.06.201903/unknown"
    _ = try archive(
      stage,
      Meanwhile { mutation in
        // The second tree is nearly copied: its manifest comes last.
        guard case .createFile(_, let name) = mutation, name.hasSuffix("MANIFEST.sha256"),
          FileManager.default.fileExists(atPath: elsewhere.path("releases/7.06.201903"))
        else { return false }
        return FileManager.default.createFile(atPath: unknown, contents: nil)
      })
    let left = elsewhere.path("updates/.epel-compose-copy-7.06.201903")
    #expect(FileManager.default.fileExists(atPath: left), "kept for the next try")
    try FileManager.default.removeItem(atPath: unknown)
    // Both renew repomd.xml of the tree that was half archived.
    try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
    try stage.promote("7.07.201908")
    try stage.archive("7.06.201903")
    #expect(try stage.verify("7.06.201903").isEmpty)
    #expect(!FileManager.default.fileExists(atPath: left))
  }

  @Test func `the original is not removed while it holds a file of unknown origin`() async throws {
    let (stage, elsewhere) = try await stage()
    try stage.archive("7.06.201903")
    stage.now += 30 * 86_400
    let unknown = stage.locations.public + "/releases/7.06.201903/notes.txt"
    try Data("keep me".utf8).write(to: URL(fileURLWithPath: unknown))
    let error = try #require(throws: ComposeError.self) {
      try RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream).preflight(
        in: stage.stream)
    }
    #expect(error.kind == .refused)
    #expect(error.thing == unknown)
    #expect(FileManager.default.fileExists(atPath: unknown))
    withExtendedLifetime(elsewhere) {}
  }
}
