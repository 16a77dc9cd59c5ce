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

/// What the disk alone proves, and what it does not.
@Suite struct DiskSurveyTests {
  private func states(_ stage: Stage) throws -> [String: ReleaseState] {
    let survey = try DiskSurveyor(stream: stage.stream).survey()
    #expect(survey.damage.isEmpty, "\(survey.damage)")
    return Dictionary(
      uniqueKeysWithValues: survey.releases.map { ($0.record.id.description, $0.record.state) })
  }

  @Test func `a release that was rolled back from is not superseded`() async throws {
    let stage = try await Stage.superseded()
    // Its plan names 7.07.201908 as the one before: that was current once.
    try await stage.compose("7.08.202004")
    #expect(
      try states(stage) == [
        "7.06.201903": .superseded, "7.07.201908": .current, "7.08.202004": .staged,
      ])
    try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
    #expect(
      try states(stage) == [
        "7.06.201903": .current, "7.07.201908": .published, "7.08.202004": .staged,
      ], "or rollback would lead forward, to what was just left")
  }

  @Test func `an archive counts where no original is left, or the other trees are`() async throws {
    let stage = try await Stage.superseded()
    try stage.archive("7.06.201903")
    #expect(
      try states(stage)["7.06.201903"] == .superseded, "whether it was finished, nothing says")
    let manager = FileManager.default
    try manager.removeItem(atPath: stage.locations.archive + "/updates/7.06.201903")
    #expect(
      try states(stage)["7.06.201903"] == .superseded, "one tree was archived, then it failed")
    try stage.archive("7.06.201903", again: true)
    try manager.removeItem(atPath: stage.locations.public + "/updates/7.06.201903")
    let survey = try DiskSurveyor(stream: stage.stream).survey()
    let record = try #require(survey.releases.first).record
    #expect(record.state == .archived)
    #expect(record.tree(.updates)?.place == .archive)
    #expect(record.tree(.releases)?.place == .public)
    #expect(record.trees.allSatisfy { $0.isArchived })
  }

  @Test func `builds, pushes and markers come from the RPMs`() async throws {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release("7.06.201903")
    try stage.add(.push)
    try await stage.update()
    let survey = try DiskSurveyor(stream: stage.stream).survey()
    let found = try #require(survey.releases.first)
    let known = try stage.ledger.builds(of: found.record.id)
    func key(_ build: BuildRecord) -> String {
      "\(build.nvr) \(build.evr.epoch) \(build.push) \(build.marker?.marker.path ?? "")"
    }
    #expect(found.builds.map(key).sorted() == known.map(key).sorted())
    let record = try stage.record("7.06.201903")
    #expect(found.record.trees == record.trees)
    #expect(found.record.pushes == 1 && found.record.allowUnsigned)
  }

  @Test func `strange names beside the trees are none of its business`() async throws {
    let stage = try Stage(policy: "epel-10.yaml")
    try stage.add(.first)
    try await stage.release("10.1")
    let root = stage.locations.public
    #expect(mkdir(root + "/lost+found", 0) == 0)
    #expect(mkdir(root + "/line\nbreak", 0o755) == 0)
    try stage.scratch.write("?", to: "root/pub/epel/9/.composeinfo")
    #expect(try states(stage) == ["10.1": .current])
    // What was never finished is named.
    #expect(mkdir(root + "/.epel-compose-trash-10.0", 0o755) == 0)
    let survey = try DiskSurveyor(stream: stage.stream).survey()
    #expect(survey.unproven.contains { $0.code == "leftover" && $0.message.contains("trash-10.0") })
  }
}
