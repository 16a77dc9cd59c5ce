import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct ArchiveTests {
  private func archive(_ stage: Stage) throws {
    try Executor(stream: stage.stream).run(
      ArchiveOperation(stage.record("7.06.201903")))
  }

  @Test func `a superseded release gets a second home and redirects`() async throws {
    let stage = try await Stage.superseded()
    try archive(stage)
    let original = try stage.contents(of: stage.locations.public + "/updates/7.06.201903")
    let copy = try stage.contents(of: stage.locations.archive + "/updates/7.06.201903")
    #expect(!original.isEmpty)
    #expect(copy == original)
    let redirects = try String(
      contentsOfFile: stage.locations.state + "/redirects/epel-7-plain.conf", encoding: .utf8)
    #expect(redirects.contains("/pub/epel/releases/7.06.201903 https://"))
    #expect(try stage.verify("7.06.201903").isEmpty)
    let again = try #require(throws: ComposeError.self) { try archive(stage) }
    #expect(again.kind == .refused)
  }

  @Test func `what is current, or holds a file of unknown origin, is not archived`() async throws {
    let stage = try await Stage.superseded()
    let current = try #require(throws: ComposeError.self) {
      try ArchiveOperation(stage.record("7.07.201908"))
    }
    #expect(current.kind == .refused)
    try stage.scratch.write("?", to: "root/pub/epel/updates/7.06.201903/unknown")
    let unknown = try #require(throws: ComposeError.self) { try archive(stage) }
    #expect(unknown.thing.hasSuffix("/unknown"))
  }

  @Test func `a damaged original stops the archive, and stays`() async throws {
    let stage = try await Stage.superseded()
    let victim = "/updates/7.06.201903/.composeinfo"
    try Data("damaged".utf8).write(to: URL(fileURLWithPath: stage.locations.public + victim))
    let error = try #require(throws: ComposeError.self) { try archive(stage) }
    #expect(error.kind == .badData)
    #expect(try stage.ledger.openOperation() == nil, "other commands must go on")
    #expect(
      try stage.contents(of: stage.locations.archive).keys.allSatisfy {
        !$0.hasPrefix("updates/7.06.201903")
      })
  }

  @Test func `the original goes after the grace time, and only if the archive reads back`()
    async throws
  {
    let stage = try await Stage.superseded()
    try archive(stage)
    func remove() throws {
      try Executor(stream: stage.stream).run(
        RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream))
    }
    let early = try #require(throws: ComposeError.self) { try remove() }
    #expect(early.cause.contains("grace time of 14 days"))
    // What no waiting mends is told before.
    let foreign = stage.locations.public + "/updates/7.06.201903/notes"
    try Data().write(to: URL(fileURLWithPath: foreign))
    let unknown = try #require(throws: ComposeError.self) { try remove() }
    #expect(!unknown.cause.contains("grace time"), "\(unknown)")
    try FileManager.default.removeItem(atPath: foreign)
    stage.now += 14 * 86_400
    let victim = stage.locations.archive + "/releases/7.06.201903/.composeinfo"
    let intact = try Data(contentsOf: URL(fileURLWithPath: victim))
    try FileManager.default.removeItem(atPath: victim)
    try Data("rotten".utf8).write(to: URL(fileURLWithPath: victim))
    let rotten = try #require(throws: ComposeError.self) { try remove() }
    #expect(rotten.kind == .badData)
    #expect(FileManager.default.fileExists(atPath: stage.locations.public + "/updates/7.06.201903"))
    #expect(try stage.ledger.openOperation() == nil, "nothing has gone: it is closed")
    try intact.write(to: URL(fileURLWithPath: victim))
    try remove()
    #expect(
      !FileManager.default.fileExists(atPath: stage.locations.public + "/updates/7.06.201903"))
    #expect(try stage.verify("7.06.201903").isEmpty)
    #expect(try stage.record("7.06.201903").trees.allSatisfy { $0.place == .archive })
    #expect(try stage.link() == "7.07.201908")
  }
}
