import ComposeStage
import ComposeTestSupport
import ReleaseModel

/// One scene in this very process, disturbed again and again from the same
/// beginning; collects what is wrong instead of failing, so that a bug on
/// purpose can be seen.
final class DisturbedScene {
  let scene: Scene
  private let prepared: PreparedScene
  private(set) var stage: Stage
  private var wanted: StreamState?
  private(set) var problems: [String] = []

  init(_ scene: Scene) async throws {
    self.scene = scene
    prepared = try await PreparedScene.of(scene)
    let scratch = try TemporaryDirectory.inMemory()
    try prepared.restore(scratch.path("root"))
    stage = try Stage(
      small: scratch, grace: scene.grace, metadata: scene.metadata(),
      hasMinors: scene.hasMinors, hasTesting: scene.hasTesting)
    stage.now = prepared.now
    try prepared.copyPool(to: stage.pool)
  }

  /// Performs the command undisturbed; it leaves what the others must leave.
  func performUndisturbed() async throws {
    try await scene.perform(stage)
    wanted = try StreamState(root: stage.root, ledger: stage.ledger)
    problems += prepared.changes().map { "the beginning has changed: \($0)" }
  }

  /// Back to the beginning.
  func restore() throws {
    try prepared.restore(stage.root)
    try reopen()
  }

  /// The ledger is another file by now.
  func reopen() throws { stage = try Stage(reopening: stage) }

  func perform() async throws { try await scene.perform(stage) }

  func report(_ problem: String) { problems.append(problem) }

  /// Both links lead to one release, whole as a client sees it.
  func checkWhole(_ moment: String) throws {
    for problem in try StreamState.problems(below: stage.root) { report("\(moment): \(problem)") }
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
    guard let wanted else { return report("no undisturbed run to compare with") }
    let found = try StreamState(root: stage.root, ledger: stage.ledger)
    for difference in found.differences(from: wanted) { report("\(moment): \(difference)") }
  }
}
