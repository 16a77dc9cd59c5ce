import ComposeLifecycle
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// The end of a stream and of a release: what it leaves, what follows it, and how it is taken
/// back; by a clock that the test moves.
@Suite struct EndTests {
  private static let release = "7.06.201903"
  private static let day = 86_400

  private func stage() async throws -> Stage {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release(Self.release)
    return stage
  }

  private func archiveLink(_ stage: Stage, _ path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(
      atPath: "\(stage.locations.archive)/\(path)")
  }

  private func redirects(_ stage: Stage) throws -> String {
    try String(
      contentsOfFile: "\(stage.locations.state)/redirects/epel-7-plain.conf", encoding: .utf8)
  }

  private func notice(_ stage: Stage) -> String? {
    try? String(contentsOfFile: "\(stage.locations.public)/epel-7.ended.txt", encoding: .utf8)
  }

  private func obstacles(_ stage: Stage, others: [Policy] = []) throws -> [String] {
    let current = try #require(try stage.ledger.currentRelease())
    return try EndObstacles(
      toEnd: current, isWholeStream: true, others: others, in: stage.stream
    ).findings().map(\.code)
  }

  private func refused(
    _ words: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
  ) async {
    let error = await #expect(throws: ComposeError.self, sourceLocation: sourceLocation) {
      try await body()
    }
    #expect(
      error?.kind == .refused && "\(error.map { "\($0)" } ?? "")".contains(words),
      "\(error as Any)",
      sourceLocation: sourceLocation)
  }

  private func undo(_ stage: Stage, _ release: String = Self.release, isWholeStream: Bool = true)
    throws
  {
    try Executor(stream: stage.stream).run(
      UndoEndOperation(stage.record(release), isWholeStream: isWholeStream, in: stage.stream))
  }

  private func remove(_ stage: Stage) throws {
    try Executor(stream: stage.stream).run(
      RemoveEndedOperation(stage.record(Self.release), isWholeStream: true, in: stage.stream))
  }

  @Test func `a stream ends, and its last release is in the archive with its links`() async throws {
    let stage = try await stage()
    try stage.end()
    let record = try stage.record(Self.release)
    #expect(
      record.state == .current && record.trees.allSatisfy { $0.isArchived && $0.place == .public })
    #expect(archiveLink(stage, "updates/7") == Self.release)
    #expect(archiveLink(stage, "releases/7") == "../updates/7")
    #expect(try ServedRepositories.problems(below: "\(stage.locations.archive)/updates/7") == [])
    #expect(try ServedRepositories.problems(below: "\(stage.locations.public)/updates/7") == [])
    let redirects = try redirects(stage)
    for path in ["updates/7", "releases/7", "updates/\(Self.release)"] {
      #expect(
        redirects.contains(
          "/pub/epel/\(path) https://dl.fedoraproject.org/pub/archives/epel/\(path)\n"))
    }
    #expect(notice(stage)?.contains("until 2020-11-12") == true, "\(notice(stage) ?? "none")")
    #expect(try stage.stream.standings() == [record.id: .ended])
    #expect(try stage.stream.endStatus()?.state == .ended)
    // Nothing comes any more.
    try stage.add(.next)
    await refused("it ended on 2020-09-13") { try await stage.update() }
    await refused("it ended on 2020-09-13") { try await stage.compose("7.07.201908") }
    await refused("it ended on 2020-09-13, and is in the archive") { try stage.end() }
    await refused("originals have a grace time of their own") {
      _ = try RemoveOriginalOperation(stage.record(Self.release), in: stage.stream)
    }
    #expect(
      try stage.ledger.events().last?.summary.contains("the stream ended on 2020-09-13") == true)
  }

  @Test func `within the grace time all of it is taken back`() async throws {
    let stage = try await stage()
    let before = try stage.contents(of: stage.root + "/pub")
    try stage.end()
    stage.now += 60 * Self.day - 1
    try undo(stage)
    #expect(try stage.contents(of: stage.root + "/pub") == before)
    #expect(archiveLink(stage, "updates/7") == nil && notice(stage) == nil)
    #expect(try redirects(stage) == "")
    #expect(try stage.ledger.endings().isEmpty)
    #expect(try stage.record(Self.release).trees.allSatisfy { !$0.isArchived })
    try stage.add(.next)
    try await stage.update()
    #expect(try stage.verify(Self.release) == [])
    await refused("nobody has ended it") { try undo(stage) }
    // And ended again, as it is now.
    try stage.end()
    #expect(try ServedRepositories.problems(below: "\(stage.locations.archive)/updates/7") == [])
  }

  @Test func `a damaged original is not what the archive's copy goes for`() async throws {
    let stage = try await stage()
    try stage.end()
    let tree = "\(stage.locations.public)/updates/\(Self.release)"
    let rpm = try #require(
      try stage.contents(of: tree).keys.first { $0.hasSuffix(".rpm") && $0.contains("x86_64") })
    var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(tree)/\(rpm)"))
    bytes[bytes.count / 2] ^= 1
    try FileManager.default.removeItem(atPath: "\(tree)/\(rpm)")
    try bytes.write(to: URL(fileURLWithPath: "\(tree)/\(rpm)"))
    let error = #expect(throws: ComposeError.self) { try undo(stage) }
    #expect(error?.kind == .badData, "\(error as Any)")
    #expect(try stage.ledger.openOperation() == nil)
    #expect(try stage.stream.endStatus()?.state == .ended)
    #expect(archiveLink(stage, "updates/7") == Self.release && notice(stage) != nil)
    #expect(try redirects(stage).contains("/pub/epel/updates/7 "))
    #expect(try ServedRepositories.problems(below: "\(stage.locations.archive)/updates/7") == [])
  }

  @Test func `after the grace time links and originals go, and a text answers`() async throws {
    let stage = try await stage()
    try stage.end()
    await refused("its grace time of 60 days is not over") { try remove(stage) }
    stage.now += 60 * Self.day
    #expect(try stage.stream.endStatus()?.state == .over)
    await refused("that cannot be taken back any more") { try undo(stage) }
    try remove(stage)
    #expect(try stage.link() == nil && stage.link("releases/7") == nil)
    let record = try stage.record(Self.release)
    #expect(record.state == .archived && record.trees.allSatisfy { $0.place == .archive })
    let found = try redirects(stage)
    #expect(
      found.contains(
        "updates/7: Extra Packages for Enterprise Linux 7 ended on 2020-09-13: there are no updates "
          + "any more. Its last packages are in the archive: https://dl.fedoraproject.org/pub/archives/epel/"
      ))
    #expect(!found.contains("/pub/epel/updates"), "nobody is led to the archive any more: \(found)")
    #expect(notice(stage)?.contains("until then") == true)
    #expect(try ServedRepositories.problems(below: "\(stage.locations.archive)/updates/7") == [])
    #expect(try stage.stream.endStatus()?.state == .closed)
    #expect(try stage.stream.ledgerComparison().findings.isEmpty)
    await refused("its originals are gone") { try remove(stage) }
    await refused("it ended on 2020-09-13") { try await stage.compose("7.07.201908") }
  }

  @Test func `an archive that does not read back keeps the originals`() async throws {
    let stage = try await stage()
    try stage.end()
    try stage.unlink("updates/\(Self.release)")
    let rpm = try #require(
      try stage.archivedFiles("updates/\(Self.release)").first { $0.hasSuffix(".rpm") })
    try stage.flipBit("updates/\(Self.release)/\(rpm)")
    stage.now += 60 * Self.day
    let error = #expect(throws: ComposeError.self) { try remove(stage) }
    #expect(error?.kind == .badData)
    #expect(try stage.link() == Self.release && stage.ledger.openOperation() == nil)
    #expect(try redirects(stage).contains("/pub/epel/updates/7 "))
    #expect(try ServedRepositories.problems(below: "\(stage.locations.public)/updates/7") == [])
  }

  @Test func `a day to come is recorded, and comes by itself`() async throws {
    let stage = try await stage()
    let before = try stage.contents(of: stage.root + "/pub")
    try stage.end(on: "2020-10-01")
    #expect(try stage.contents(of: stage.root + "/pub") == before)
    #expect(try stage.stream.endStatus()?.state == .planned)
    try stage.add(.next)
    try await stage.update()
    // Commitments end with the stream.
    #expect(try stage.stream.endDay()?.description == "2020-10-01")
    stage.now = try #require(CalendarDate("2020-10-01")).secondsSince1970
    #expect(try stage.stream.endStatus()?.state == .due)
    #expect(try stage.stream.standings().values.allSatisfy { $0 == .ended })
    await refused("it ended on 2020-10-01") { try await stage.compose("7.07.201908") }
    stage.now += 3 * Self.day
    try stage.end()
    let ending = try #require(try stage.ledger.endings().first)
    #expect(ending.day.description == "2020-10-01" && ending.done?.at == stage.now)
    try undo(stage)
    // Undone before its day as well.
    try stage.end(on: "2020-12-01")
    try undo(stage)
    #expect(try stage.ledger.endings().isEmpty)
    await refused("that day is over") { try stage.end(on: "2020-10-03") }
  }

  @Test func `what depends on it stands in the way`() async throws {
    let stage = try await Stage.superseded()
    #expect(try obstacles(stage) == ["not-archived"])
    try stage.archive(Self.release)
    #expect(try obstacles(stage) == [])
    try await stage.compose("7.08.202004")
    #expect(try obstacles(stage) == ["release-underway"])
    try stage.publish("7.08.202004")
    #expect(try obstacles(stage) == ["release-underway"])
    try Executor(stream: stage.stream).run(
      AbandonOperation(stage.record("7.08.202004"), in: stage.stream))
    // Another stream is built upon it, by path or by address.
    let text = try String(contentsOfFile: "\(Fixtures.policies)/epel-8.yaml", encoding: .utf8)
    for (base, codes) in [
      ("path: /pub/epel/updates/{major}/Everything/{arch}", []),
      ("path: /pub/epel/updates/7/Everything/{arch}", ["base-of"]),
      ("url: https://dl.fedoraproject.org/pub/epel/releases/7/Everything/{arch}", ["base-of"]),
      ("path: /pub/epel/updates/7.07.201908/Everything/{arch}", ["base-of"]),
      ("path: /pub/epel/updates/70/Everything/{arch}", []),
      ("path: /srv/epel/updates/7/Everything/{arch}", []),
    ] as [(String, [String])] {
      let other = try Policy(
        text: text + "\nbase:\n  - id: old\n    \(base)\n", file: "epel-8.yaml")
      #expect(try obstacles(stage, others: [other]) == codes, "\(base)")
    }
    // Somebody made a link beside those of the policy.
    let link = "\(stage.locations.public)/updates/latest"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "7.07.201908")
    #expect(try obstacles(stage) == ["foreign-link"])
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../elsewhere")
    #expect(try obstacles(stage) == [])
    // A build that was taken out in another release is still listed here.
    let nvr = try #require(
      try stage.ledger.builds(of: stage.record("7.07.201908").id).first
    ).nvr
    let former = try stage.record(Self.release).id
    try stage.ledger.commit { change in
      try change.hold([
        BuildHold(
          nvr: nvr, cause: .withdrawn, reason: "it eats data", operatorName: "tester@test",
          at: stage.now, release: former)
      ])
    }
    #expect(try obstacles(stage) == ["held-listed"])
  }

  @Test func `one minor release ends before its day, and goes on again`() async throws {
    let scratch = try TemporaryDirectory()
    let stage = try Stage(small: scratch, hasMinors: true)
    try stage.add(.small)
    try await stage.release(Self.release)
    try stage.add(.smallNext)
    try await stage.release("7.07.201908")
    await refused("it is current") { try stage.end("7.07.201908") }
    #expect(try obstacles(stage) == ["still-maintained"])
    try stage.end(Self.release)
    let record = try stage.record(Self.release)
    #expect(record.state == .archived && record.trees.allSatisfy { $0.place == .public })
    #expect(try stage.stream.standings()[record.id] == .ended)
    #expect(try stage.stream.maintainedReleases().map(\.description) == ["7.07.201908"])
    #expect(try redirects(stage).contains("/pub/epel/updates/\(Self.release) "))
    #expect(try !redirects(stage).contains("/pub/epel/updates/7 "), "links lead to another release")
    #expect(notice(stage) == nil, "the stream goes on")
    await refused("release 7.06.201903") {
      try stage.stream.requireGetsPushes(stage.record(Self.release))
    }
    await refused("Take that back with") {
      _ = try RestoreOperation(stage.record(Self.release), in: stage.stream)
    }
    #expect(try obstacles(stage) == [])
    try undo(stage, isWholeStream: false)
    #expect(try stage.record(Self.release).state == .superseded)
    #expect(try stage.stream.maintainedReleases().count == 2)
    try await stage.update(Self.release)
    #expect(try stage.verify(Self.release) == [])
  }
}
