import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Foundation
import MirrorDocuments
import ReleaseLedger
import ReleaseModel
import Testing

/// What the disk proves of ends of life, when the ledger is lost.
@Suite struct EndSurveyTests {
  private static let release = "7.06.201903"
  private static let day = 86_400

  /// A stream that has ended.
  private func ended() async throws -> Stage {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release(Self.release)
    try stage.end()
    try ArchiveIndex(stage.stream)?.renew()
    return stage
  }

  private func survey(_ stage: Stage) throws -> DiskSurvey {
    let survey = try DiskSurveyor(stream: stage.stream).survey()
    #expect(survey.damage.isEmpty, "\(survey.damage)")
    return survey
  }

  private func remove(_ stage: Stage) throws {
    stage.now += 60 * Self.day
    try Executor(stream: stage.stream).run(
      RemoveEndedOperation(stage.record(Self.release), isWholeStream: true, in: stage.stream))
  }

  private func document(_ stage: Stage) -> String {
    "\(stage.locations.archive)/epel-7.ends.json"
  }

  private func words(_ survey: DiskSurvey) -> String {
    survey.unproven.map { "\($0.message)\n\($0.remedy)\n" }.joined()
  }

  @Test func `an end is known with its day, and since when`() async throws {
    let stage = try await ended()
    let known = try stage.ledger.endings()
    stage.now += 10 * Self.day
    let survey = try survey(stage)
    #expect(survey.endings == known && known.count == 1)
    let record = try #require(survey.releases.first).record
    let trees = try stage.record(Self.release).trees
    #expect(record.state == .current && record.trees == trees)
    #expect(record.trees.allSatisfy { $0.isArchived && $0.place == .public })
    let words = words(survey)
    #expect(!words.contains("whether the archive of") && !words.contains("for a day to come"))
    #expect(words.contains("which tags of the hub were locked"))
  }

  @Test func `once originals are gone it is closed, whether that was written or not`() async throws
  {
    let stage = try await ended()
    try remove(stage)
    for _ in 0..<2 {
      let survey = try survey(stage)
      let known = try stage.ledger.endings()
      #expect(survey.endings == known)
      #expect(survey.endings.first?.done?.isClosed == true)
      let record = try #require(survey.releases.first).record
      #expect(record.state == .archived && record.trees.allSatisfy { $0.place == .archive })
      #expect(try ArchiveIndex(stage.stream)?.renew().contains("epel-7.ends.json") != nil)
    }
    #expect(try String(contentsOfFile: document(stage), encoding: .utf8).contains("true"))
  }

  @Test func `an end that was taken back is not said any more`() async throws {
    let stage = try await ended()
    #expect(FileManager.default.fileExists(atPath: document(stage)))
    try Executor(stream: stage.stream).run(
      UndoEndOperation(stage.record(Self.release), isWholeStream: true, in: stage.stream))
    #expect(!FileManager.default.fileExists(atPath: document(stage)))
    let survey = try survey(stage)
    #expect(survey.endings.isEmpty && survey.releases.first?.record.state == .current)
    #expect(words(survey).contains("end 7 --on YYYY-MM-DD"))
  }

  @Test func `what the archive says and its trees do not prove is to be given again`() async throws
  {
    let stage = try await ended()
    let text = try String(contentsOfFile: document(stage), encoding: .utf8)
    func put(_ contents: String?) throws {
      try? FileManager.default.removeItem(atPath: document(stage))
      try contents?.write(toFile: document(stage), atomically: true, encoding: .utf8)
    }
    for (contents, sentence) in [
      (nil, "when epel-7 ended, as \(stage.locations.public)/epel-7.ended.txt says that it did"),
      ("{", "epel-7.ends.json cannot be read"),
      (text.replacing("epel-7", with: "epel-8"), "epel-7.ends.json cannot be read"),
      (
        text.replacing("7.06.201903", with: "7.09.202010"), "the trees of 7.09.202010 are not there"
      ),
    ] as [(String?, String)] {
      try put(contents)
      let survey = try survey(stage)
      #expect(survey.endings.isEmpty)
      #expect(survey.releases.first?.record.trees.contains { $0.isArchived } == false)
      let words = words(survey)
      #expect(words.contains(sentence) && words.contains("end 7"), "\(words)")
    }
    // A copy that is another one is none.
    try put(text)
    try FileManager.default.removeItem(
      atPath: "\(stage.locations.archive)/updates/\(Self.release)")
    let survey = try survey(stage)
    #expect(survey.endings.isEmpty && words(survey).contains("as the archive says"))
  }

  @Test func `a release that ended alone, and one whose originals were brought back`() async throws
  {
    let scratch = try TemporaryDirectory()
    let stage = try Stage(small: scratch, hasMinors: true)
    try stage.add(.small)
    try await stage.release(Self.release)
    try stage.add(.smallNext)
    try await stage.release("7.07.201908")
    try stage.end(Self.release)
    try ArchiveIndex(stage.stream)?.renew()
    let known = try stage.ledger.endings()
    let ended = try survey(stage)
    #expect(ended.endings == known && known.first?.subject?.description == Self.release)
    func state(_ survey: DiskSurvey) -> ReleaseState? {
      survey.releases.first { $0.record.id.description == Self.release }?.record.state
    }
    #expect(state(ended) == .archived)
    stage.now += 60 * Self.day
    try Executor(stream: stage.stream).run(
      RemoveEndedOperation(stage.record(Self.release), isWholeStream: false, in: stage.stream))
    try ArchiveIndex(stage.stream)?.renew()
    #expect(try state(survey(stage)) == .archived)
    try Executor(stream: stage.stream).run(
      RestoreOperation(stage.record(Self.release), in: stage.stream))
    let restored = try survey(stage)
    #expect(state(restored) == .superseded)
    #expect(try restored.endings == stage.ledger.endings())
    #expect(
      restored.releases.first { $0.record.id.description == Self.release }?.record.isRestored
        == true)
  }
}
