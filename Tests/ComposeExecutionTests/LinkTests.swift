import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct LinkTests {
  @Test func `promote moves one link, and the other follows it`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try stage.publish("7.06.201903")
    #expect(try stage.link() == nil)
    try stage.promote("7.06.201903")
    #expect(try stage.link() == "7.06.201903")
    #expect(try stage.link("releases/7") == "../updates/7")
    let constant = try inode(stage, "releases/7")
    try stage.add(.next)
    try await stage.release("7.07.201908")
    #expect(try stage.link() == "7.07.201908")
    #expect(try inode(stage, "releases/7") == constant, "the constant link is never touched again")
    #expect(try stage.record("7.06.201903").state == .superseded)
  }

  private func inode(_ stage: Stage, _ link: String) throws -> UInt {
    var status = stat()
    try #require(lstat("\(stage.locations.public)/\(link)", &status) == 0)
    return UInt(status.st_ino)
  }

  @Test func `promote refuses what is not ready`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    func refusal(skipSoak: Bool = true) throws -> String {
      let error = try #require(throws: ComposeError.self) {
        try PromoteOperation(stage.record("7.06.201903"), skipSoak: skipSoak, in: stage.stream)
      }
      #expect(error.kind == .refused)
      return error.cause
    }
    #expect(try refusal().contains("staged, not published"))
    try stage.publish("7.06.201903")
    #expect(try refusal(skipSoak: false).contains("soak time of 3 days"))
    stage.now += 3 * 86_400 - 1
    #expect(try refusal(skipSoak: false).contains("soak time"))
    stage.now += 1
    _ = try PromoteOperation(stage.record("7.06.201903"), skipSoak: false, in: stage.stream)
    let id = try ReleaseID("7.06.201903")
    try stage.ledger.commit { try $0.setChecks(passed: false, of: id) }
    #expect(try refusal().contains("checks failed"))
    try stage.ledger.commit { try $0.setChecks(passed: true, of: id) }
    try stage.promote("7.06.201903")
    #expect(try refusal().contains("current already"))
  }

  @Test(arguments: ["7.05.201810", "/etc", "../releases/7.06.201903"])
  func `a link that somebody changed is never guessed about`(target: String) async throws {
    let stage = try await Stage.superseded()
    let link = "\(stage.locations.public)/updates/7"
    #expect(unlink(link) == 0)
    #expect(symlink(target, link) == 0)
    let error = try #require(throws: ComposeError.self) { try RollbackOperation(in: stage.stream) }
    #expect(error.kind == .refused)
    #expect(error.cause.contains(target))
    #expect(try stage.link() == target, "it was left alone")
  }

  @Test func `a directory in a link's place is never turned into a link`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    try stage.publish("7.06.201903")
    try stage.scratch.write("mine", to: "root/pub/epel/updates/7/file")
    let error = try #require(throws: ComposeError.self) {
      try PromoteOperation(stage.record("7.06.201903"), skipSoak: true, in: stage.stream)
    }
    #expect(error.kind == .cannotCreate)
  }

  @Test func `time only grows behind the link, a rollback included`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release("7.06.201903")
    func served() throws -> Int {
      let path = stage.locations.public + "/releases/7/Everything/x86_64/repodata/repomd.xml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let revision = try #require(text.firstMatch(of: /<revision>([0-9]+)<\/revision>/))
      let times = text.matches(of: /<timestamp>([0-9]+)<\/timestamp>/).compactMap { Int($0.1) }
      #expect(Set(times) == [Int(revision.1)])
      return try #require(Int(revision.1))
    }
    var seen = [try served()]
    try stage.add(.push)
    try await stage.update()
    seen.append(try served())
    try stage.add(.next)
    try await stage.compose("7.07.201908")
    // A push after the compose makes the current release newer than the next.
    var tree = try #require(try stage.record("7.06.201903").tree(.updates))
    tree.revision += 1000
    let later = tree
    try stage.ledger.commit { try $0.setTree(later) }
    try stage.publish("7.07.201908")
    try stage.promote("7.07.201908")
    seen.append(try served())
    for _ in 0..<2 {
      try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
      seen.append(try served())
      #expect(try stage.link() == "7.06.201903")
      #expect(try stage.record("7.07.201908").state == .published)
      try stage.promote("7.07.201908")
      seen.append(try served())
    }
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 < $1 }, "\(seen)")
    #expect(try stage.verify("7.06.201903").isEmpty)
    #expect(try stage.verify("7.07.201908").isEmpty)
    let checks = try TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903"))
    #expect(checks.passed, "\(checks)")
  }

  @Test func `without a superseded release there is nothing to go back to`() async throws {
    let stage = try Stage()
    #expect(throws: ComposeError.self) { try RollbackOperation(in: stage.stream) }
    try stage.add(.first)
    try await stage.release("7.06.201903")
    let error = try #require(throws: ComposeError.self) { try RollbackOperation(in: stage.stream) }
    #expect(error.kind == .refused)
  }
}
