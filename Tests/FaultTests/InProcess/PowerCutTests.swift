import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import Testing

/// The power fails before every call of every command: the page cache is
/// gone, and with it what no fsync has made durable. From what is left, both
/// links lead to one whole release, and the next command comes to the end.
@Suite struct PowerCutTests {
  @Test(arguments: Scene.all)
  func `a power cut at any call leaves one whole release`(scene: Scene) async throws {
    let disturbed = try await DisturbedScene(scene)
    _ = try await Self.calls(of: disturbed)
    let count = try await Self.cutPower(during: disturbed)
    #expect(disturbed.problems == [])
    #expect(count > 0)
  }

  /// What recovery finds done was never flushed, if the process died before
  /// its fsync; then the power fails as well.
  @Test(arguments: Scene.all)
  func `a power cut after recovery keeps what recovery relied on`(scene: Scene) async throws {
    let disturbed = try await DisturbedScene(scene)
    let calls = try await Self.calls(of: disturbed)
    for part in 1...2 {
      _ = try await Self.cutPower(during: disturbed, death: max(1, calls * part / 3))
    }
    #expect(disturbed.problems == [])
  }

  /// Which command each omission shows in.
  static let omissions: [(PowerCutRecorder.Omission, Scene)] = [
    (.syncFile, .promote), (.syncFile, .update), (.syncDirectory, .promote),
    (.syncDirectory, .publish), (.syncDirectory, .archive), (.syncFileSystem, .compose),
    (.syncFileSystem, .update), (.syncFileSystem, .archive), (.openingRecord, .publish),
    (.openingRecord, .promote), (.openingRecord, .compose), (.closingRecord, .promote),
    (.closingRecord, .archive),
  ]

  @Test(arguments: omissions)
  func `a flush or a record that is left out is noticed`(
    omission: PowerCutRecorder.Omission, scene: Scene
  ) async throws {
    let disturbed = try await DisturbedScene(scene)
    _ = try await Self.calls(of: disturbed)
    _ = try await Self.cutPower(during: disturbed, omission: omission)
    #expect(!disturbed.problems.isEmpty, "\(omission) in \(scene.testDescription) went unnoticed")
  }

  /// Performs the command undisturbed, and counts its calls.
  private static func calls(of disturbed: DisturbedScene) async throws -> Int {
    let recorder = try PowerCutRecorder(
      following: disturbed.stage.root, ledgerFile: disturbed.stage.locations.ledgerFile)
    try await recorder.during { try await disturbed.performUndisturbed() }
    return recorder.calls
  }

  /// Performs the command, then goes on from each disk that a power cut could
  /// have left; returns how many these were. With an omission it stops where
  /// that shows: at the first problem.
  ///
  /// - Parameter death: the process dies before this call, and the power
  ///   fails while the next one recovers.
  private static func cutPower(
    during disturbed: DisturbedScene, omission: PowerCutRecorder.Omission? = nil,
    death: Int? = nil
  ) async throws -> Int {
    try disturbed.restore()
    let recorder = try PowerCutRecorder(
      following: disturbed.stage.root, ledgerFile: disturbed.stage.locations.ledgerFile,
      omission: omission, death: death)
    try await recorder.during {
      do {
        try await disturbed.perform()
      } catch  where death != nil {
        try disturbed.reopen()
        recorder.revive()
        try await disturbed.perform()
      } catch {
        disturbed.report("it failed: \(error)")
      }
    }
    let stage = disturbed.stage
    let count = recorder.moments.count
    for point in points(count, disturbed.scene, omission, death) {
      if omission != nil, !disturbed.problems.isEmpty { break }
      let moment = recorder.moments[point - 1]
      try LinkedCopy.remove(stage.root)
      try moment.image.write(recorder.root, to: stage.root)
      try FileManager.default.createDirectory(
        atPath: stage.locations.state, withIntermediateDirectories: true)
      try moment.image.ledger.write(to: URL(fileURLWithPath: stage.locations.ledgerFile))
      try disturbed.reopen()
      if moment.isAfterTheEnd {
        // Status 0 means durable.
        try disturbed.checkFinished(moment.description)
      } else {
        try disturbed.checkWhole(moment.description)
        try await disturbed.finish(moment.description)
      }
    }
    return count
  }

  private static func points(
    _ count: Int, _ scene: Scene, _ omission: PowerCutRecorder.Omission?, _ death: Int?
  ) -> [Int] {
    guard omission != nil else {
      return SweepDensity.points(
        count, of: death == nil ? "power cuts" : "power cuts after a recovery",
        scene.testDescription, share: scene.share)
    }
    // What is left out on purpose may show at a single point: the sample is
    // only where the search begins, from the end, where it shows most often.
    let all = Array((1...max(1, count)).reversed())
    return all.filter { $0 % SweepDensity.stride == count % SweepDensity.stride }
      + all.filter { $0 % SweepDensity.stride != count % SweepDensity.stride }
  }
}
