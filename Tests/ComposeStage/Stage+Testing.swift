import ComposeLifecycle
package import ComposePlanning
import ComposeStream
import ReleaseLedger

extension Stage {
  /// What brings the testing tree of the current release to what the pool has.
  package func testingPlan() async throws -> TestingPlan {
    let planner = ReleasePlanner(stream, allowUnsigned: true)
    return try await planner.testing(planner.currentRelease(), from: buildSystem).plan
  }

  /// Does that; a release without such a tree gets one first.
  package func bringTesting() async throws {
    let plan = try await testingPlan()
    if plan.begins {
      try Executor(stream: stream).run(
        BeginTestingOperation(stream.release(plan.release), in: stream))
    }
    let operation = try TestingOperation(plan, in: stream)
    if !operation.isEmpty { try Executor(stream: stream).run(operation) }
  }
}
