import ComposeStream
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// A command at the moment when it runs, in this very process: for tests that
/// disturb it hundreds of times.
struct StageScene: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Brings a fresh stream to where the command can run.
  let prepare: @Sendable (Stage) async throws -> Void
  /// Recovery, then the command, unless recovery finished it.
  let perform: @Sendable (Stage) async throws -> Void

  private init(
    _ kind: String, named name: String? = nil,
    prepare: @escaping @Sendable (Stage) async throws -> Void,
    command: @escaping @Sendable (Stage) async throws -> Void
  ) {
    testDescription = name ?? kind
    self.prepare = prepare
    perform = { stage in
      if try Recovery(stream: stage.stream).run()?.kind.rawValue == kind { return }
      try await command(stage)
    }
  }

  static let all = [
    compose, update, undo, prune, publish, promote, rollback, archive, removeOriginal, abandon,
  ]

  static let compose = StageScene("compose", prepare: first) { stage in
    let plan = try await stage.plan("7.07.201908")
    try Executor(stream: stage.stream).run(
      ComposeOperation(plan, from: stage.buildSystem))
  }
  static let update = StageScene("update", prepare: first) { stage in
    let plan = try await stage.pushPlan()
    if plan.builds.isEmpty { return }
    try Executor(stream: stage.stream).run(UpdateOperation(plan, in: stage.stream))
  }
  static let undo = StageScene(
    "update",
    named: "update, taking a push back",
    prepare: { stage in
      try await first(stage)
      try await stage.update()
    }
  ) { stage in
    let plan = try await stage.pushPlan(.undo(reason: "It is broken"))
    if plan.refusals.isEmpty {
      try Executor(stream: stage.stream).run(UpdateOperation(plan, in: stage.stream))
    }
  }
  /// Nothing is new; what the push before has replaced goes.
  static let prune = StageScene(
    "update",
    named: "update, removing what is old",
    prepare: { stage in
      try await first(stage)
      try await stage.update()
    }
  ) { stage in
    let operation = try UpdateOperation(await stage.pushPlan(), in: stage.stream)
    if !operation.isEmpty { try Executor(stream: stage.stream).run(operation) }
  }
  static let publish = StageScene(
    "publish",
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
    }
  ) { try $0.publish("7.07.201908") }
  static let promote = StageScene(
    "promote",
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
      try stage.publish("7.07.201908")
      // A push meanwhile: promote must renew the revision, too.
      try await stage.update()
      _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.07.201908"))
    }
  ) { try $0.promote("7.07.201908") }
  static let rollback = StageScene("rollback", prepare: second) { stage in
    try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
  }
  static let archive = StageScene("archive", prepare: second) { try $0.archive("7.06.201903") }
  static let removeOriginal = StageScene(
    "remove-original",
    prepare: { stage in
      try await second(stage)
      try stage.archive("7.06.201903")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream))
  }
  static let abandon = StageScene(
    "abandon",
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
      try stage.publish("7.07.201908")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      AbandonOperation(stage.record("7.07.201908"), in: stage.stream))
  }

  /// One release is current, and the pool has a newer build.
  @Sendable private static func first(_ stage: Stage) async throws {
    try stage.add(.small)
    try await stage.release("7.06.201903")
    try stage.add(.smallNext)
  }

  /// A second release is current.
  @Sendable private static func second(_ stage: Stage) async throws {
    try await first(stage)
    try await stage.release("7.07.201908")
  }
}

/// One scene, disturbed again and again from the same beginning; collects
/// what is wrong instead of failing, so that a bug on purpose can be seen.
final class DisturbedScene {
  private let scene: StageScene
  private(set) var stage: Stage
  private let original: String
  private var wanted: [String: String] = [:]
  private var wantedStates: [String] = []
  private(set) var problems: [String] = []

  init(_ scene: StageScene) async throws {
    self.scene = scene
    stage = try Stage(small: .inMemory())
    try await scene.prepare(stage)
    original = stage.scratch.path("original")
    try Shell.check("cp", ["-a", stage.root, original])
  }

  /// Performs the command undisturbed; it leaves what the others must leave.
  func performUndisturbed() async throws {
    try await scene.perform(stage)
    wanted = Listing.of(stage.root)
    wantedStates = try states()
  }

  /// Back to the beginning.
  func restore() throws {
    try Shell.check("rm", ["-rf", stage.root])
    try Shell.check("cp", ["-a", original, stage.root])
    stage = try Stage(reopening: stage)
  }

  /// The ledger is another file by now.
  func reopen() throws { stage = try Stage(reopening: stage) }

  func perform() async throws { try await scene.perform(stage) }

  func report(_ problem: String) { problems.append(problem) }

  /// Both links lead to one release, whole as a client sees it.
  func checkWhole(_ moment: String) throws {
    let resolved = Set(
      ["releases", "updates"].map { area in
        URL(fileURLWithPath: "\(stage.locations.public)/\(area)/7").resolvingSymlinksInPath().path
      })
    if resolved.count != 1 { report("\(moment): links lead to \(resolved.sorted())") }
    for problem in try ServedRepositories.problems(below: "\(stage.locations.public)/updates/7") {
      report("\(moment): \(problem)")
    }
  }

  /// The command, undisturbed, comes to the end that it would have had.
  func finish(_ moment: String) async throws {
    do {
      try await scene.perform(stage)
    } catch let error as ComposeError where error.kind == .refused {
      // The ledger had the last word already; what is on disk must agree.
    } catch {
      return report("\(moment): it cannot be repeated: \(error)")
    }
    try checkFinished("\(moment), repeated")
  }

  /// The disk and the ledger are what the undisturbed command leaves.
  func checkFinished(_ moment: String) throws {
    try checkWhole(moment)
    for difference in Listing.differences(Listing.of(stage.root), wanted) {
      report("\(moment): \(difference)")
    }
    let states = try states()
    if states != wantedStates { report("\(moment): the ledger says \(states)") }
  }

  private func states() throws -> [String] {
    try stage.ledger.releases().map { release in
      "\(release.id) \(release.state) \(release.pushes) "
        + release.trees.map { "\($0.place) \($0.isArchived) \($0.manifest.hex)" }.joined()
    } + [stage.ledger.openOperation()?.kind ?? "nothing open"]
  }
}
