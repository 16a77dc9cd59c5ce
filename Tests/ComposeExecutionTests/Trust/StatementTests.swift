import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Digests
import DocumentSigning
import Foundation
import MirrorDocuments
import ReleaseLedger
import ReleaseModel
import Testing

/// The signed statement of what is current: when it is written, and what it says.
@Suite(.waiting) struct StatementTests {
  private func sum(_ path: String) throws -> Checksum {
    Checksum(of: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
  }

  @Test func `links move to what was stated before`() async throws {
    let signed = try SignedStage()
    let stage = signed.stage
    try await signed.makeReleases()
    let first = try signed.statement()
    #expect(first.serial == 1 && first.release.description == SignedStage.first)
    #expect(first.validUntil == first.written + 7 * 86_400 && first.former.isEmpty)
    #expect(first.links.map(\.path.description) == ["releases/7", "updates/7"])
    #expect(first.links.map(\.target) == ["../updates/7", SignedStage.first])
    // Every repository by every link, as who follows the link finds it.
    #expect(first.repositories.count == 6)
    for index in first.repositories {
      let file = "\(stage.locations.public)/\(index.path)/repodata/repomd.xml"
      #expect(try sum(file) == index.sha256)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)).count == index.size)
    }
    let operation = try PromoteOperation(
      stage.record(SignedStage.next), skipSoak: true, in: stage.stream)
    let steps = try Executor(stream: stage.stream).preview(operation)
    let (statement, flip) = (
      steps.firstIndex { $0.contains("epel-7.current.json") },
      steps.firstIndex { $0.hasPrefix("link ") }
    )
    #expect(try #require(statement) < #require(flip), "\(steps)")
    stage.now += 100
    try Executor(stream: stage.stream).run(operation)
    let second = try signed.statement()
    #expect(second.serial == 2 && second.release.description == SignedStage.next)
    #expect(
      Set(second.former.map(\.sha256)) == Set(first.repositories.map(\.sha256)),
      "what was there before may still be there on mirrors")
    #expect(second.former.allSatisfy { $0.until == stage.now + 3 * 86_400 })
    let signature = Array(try Data(contentsOf: URL(fileURLWithPath: signed.file + ".asc")))
    let verifier = try #require(stage.stream.signer).verifier()
    #expect(
      try verifier.verify(signature, over: second.bytes()).isBy(signed.key.fingerprint.lowercased())
    )
    #expect(try stage.ledger.statements().map(\.serial) == [1, 2])
    #expect(try stage.ledger.newestStatement()?.sha256 == sum(signed.file))
  }

  @Test func `pushes and rollbacks are stated, and nothing else`() async throws {
    let signed = try SignedStage()
    let stage = signed.stage
    try await signed.makeReleases()
    try stage.promote(SignedStage.next)
    #expect(try signed.statement().serial == 2)
    try RPMSpec("beta").build(into: stage.pool)
    let before = try signed.statement()
    try await stage.update()
    let pushed = try signed.statement()
    #expect(pushed.serial == 3)
    for index in pushed.repositories {
      #expect(
        try sum("\(stage.locations.public)/\(index.path)/repodata/repomd.xml") == index.sha256)
      let old = try #require(before.repositories.first { $0.path == index.path })
      #expect(index.revision > old.revision)
      #expect(pushed.accepts(old.sha256, at: index.path, now: stage.now))
    }
    try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
    #expect(try signed.statement().serial == 4)
    #expect(try signed.statement().release.description == SignedStage.first)
    // Nothing was left to do, and a release that no link leads to is not stated.
    #expect(try signed.publication.renew() == nil)
    try await stage.compose("7.08.202003")
    try stage.publish("7.08.202003")
    #expect(try signed.publication.renew() == nil)
    #expect(try signed.statement().serial == 4)
  }

  @Test func `what cannot be signed moves no link and shows no push`() async throws {
    let signed = try SignedStage()
    let stage = signed.stage
    try await signed.makeReleases()
    let before = Listing.of(stage.locations.public)
    try Shell.check("mv", [signed.key.home, signed.key.home + ".gone"])
    let promote = try PromoteOperation(
      stage.record(SignedStage.next), skipSoak: true, in: stage.stream)
    let error = #expect(throws: ComposeError.self) {
      try Executor(stream: stage.stream).run(promote)
    }
    #expect(error?.thing.contains("gpg") == true, "\(String(describing: error))")
    #expect(try stage.link() == SignedStage.first)
    #expect(try stage.ledger.openOperation() == nil)
    try RPMSpec("beta").build(into: stage.pool)
    await #expect(throws: ComposeError.self) { try await stage.update() }
    #expect(try stage.ledger.openOperation() == nil)
    // Directories that the push made may stay.
    let changed = Listing.differences(Listing.of(stage.locations.public), before)
      .filter { !$0.hasSuffix("directory instead of nothing") }
    #expect(changed.isEmpty, "\(changed)")
    try Shell.check("mv", [signed.key.home + ".gone", signed.key.home])
    try stage.promote(SignedStage.next)
    #expect(try signed.statement().serial == 2)
  }

  @Test func `it is renewed once half of its time is over`() async throws {
    let signed = try SignedStage()
    let stage = signed.stage
    try await signed.makeReleases()
    let written = try signed.statement()
    stage.now = written.written + 7 * 86_400 / 2
    #expect(try signed.publication.need() == nil)
    stage.now += 1
    #expect(try signed.publication.need() == .due)
    let renewed = try #require(try signed.publication.renew())
    #expect(renewed.serial == 2 && renewed.validUntil == stage.now + 7 * 86_400)
    #expect(renewed.repositories == written.repositories && renewed.former.isEmpty)
    #expect(try stage.stream.statementFindings().isEmpty)
    stage.now = renewed.validUntil - 86_400
    #expect(try stage.stream.statementFindings().map(\.code) == ["statement-expires"])
    stage.now = renewed.validUntil
    #expect(try stage.stream.statementFindings().map(\.code) == ["statement-expired"])
  }

  @Test func `one that is lost, changed or by another key is written anew, with a larger serial`()
    async throws
  {
    let signed = try SignedStage()
    let stage = signed.stage
    try await signed.makeReleases()
    try FileManager.default.removeItem(atPath: signed.file)
    #expect(try stage.stream.statementFindings().map(\.code) == ["statement-owed"])
    #expect(try signed.publication.renew()?.serial == 2)
    let text = try String(contentsOfFile: signed.file, encoding: .utf8)
    try Data(text.replacing("\"serial\": 2", with: "\"serial\": 7").utf8)
      .write(to: URL(fileURLWithPath: signed.file))
    #expect(try signed.publication.need() == .missing)
    // Whoever wrote it, somebody may have seen it.
    #expect(try signed.publication.renew()?.serial == 8)
    try FileManager.default.removeItem(atPath: signed.file + ".asc")
    #expect(try signed.publication.need() == .unsigned)
    #expect(try signed.publication.renew()?.serial == 9)
    let other = try SigningKey(named: "Other")
    defer { other.endAgent() }
    try signed.sign(by: other)
    #expect(try signed.publication.need() == .unsigned)
    #expect(try signed.publication.renew()?.serial == 10)
    #expect(try signed.publication.renew() == nil)
  }

  @Test func `nothing that somebody else has put there is signed`() async throws {
    let signed = try SignedStage()
    let stage = signed.stage
    try await signed.makeReleases()
    stage.now += 6 * 86_400
    let index = "\(stage.locations.public)/\(signed.index())"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: index))
    try Data("<repomd/>".utf8).write(to: URL(fileURLWithPath: index))
    let error = #expect(throws: ComposeError.self) { try signed.publication.renew() }
    #expect(error?.kind == .refused && error?.thing.contains("repomd.xml") == true)
    #expect(try signed.statement().serial == 1)
    #expect(try stage.stream.statementFindings().map(\.code) == ["statement-unknown"])
    try bytes.write(to: URL(fileURLWithPath: index))
    #expect(try signed.publication.renew()?.serial == 2)
  }

  @Test func `a policy without signed metadata states nothing`() async throws {
    let stage = try Stage(small: TemporaryDirectory())
    try RPMSpec("alpha").build(into: stage.pool)
    try await stage.release(SignedStage.first)
    #expect(StatementPublication(stage.stream) == nil)
    #expect(try StatementSurvey(stage.stream) == nil)
    #expect(try stage.ledger.statements().isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: stage.locations.public)
    #expect(!names.contains { $0.contains("current") }, "\(names)")
  }
}
