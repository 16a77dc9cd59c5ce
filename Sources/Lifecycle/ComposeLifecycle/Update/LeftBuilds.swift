package import ComposePlanning
package import ComposeStream
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// Remembers for `status` what an update saw that is not live any more. Nothing is
  /// written where nothing has changed, or where nobody was asked.
  package func rememberLeft(_ plan: PushPlan) throws {
    guard plan.kind == .update, try ledger.left(of: plan.release) != plan.left else { return }
    let now = time.now
    try ledger.commit { try $0.setLeft(plan.left, of: plan.release, at: now) }
  }
}
