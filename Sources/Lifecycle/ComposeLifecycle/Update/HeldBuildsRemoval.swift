import ComposePlanning
package import ComposeStream
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// Takes out of the lists of the current release what a person took out while
  /// another one was current. Returns the builds; empty where there are none.
  ///
  /// No check stands in the way: a hold was decided by a person, and the checks are
  /// overridden for it on record.
  package func takeOutHeldBuilds() async throws -> [NVR] {
    guard let current = try ledger.currentRelease() else { return [] }
    let holds = try heldBuilds(of: current)
    guard !holds.isEmpty else { return [] }
    let reason = Set(holds.compactMap(\.reason)).sorted().joined(separator: "; ")
    let request = PushRequest.withdraw(
      Set(holds.map(\.nvr.description)), reason: reason.isEmpty ? "it is held" : reason)
    let push = try await ReleasePlanner(self, allowUnsigned: false).push(request, from: nil)
    let stream = asOf(current.id)
    var operation = try UpdateOperation(
      push.plan, for: request, with: push.documents, changing: push.changes, in: stream)
    if try operation.judge(in: stream)?.passed == false {
      operation.overrideChecks("what is held leaves with the rollback", in: stream)
    }
    try Executor(stream: stream).run(operation)
    return holds.map(\.nvr)
  }
}
