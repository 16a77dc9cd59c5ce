import ComposeExecution
import ComposeReports
import ReleaseLedger
import ReleaseModel

extension Context {
  /// Runs an operation, or shows it for a dry run, and reports.
  ///
  /// - Parameters:
  ///   - state: what the release is afterwards.
  ///   - next: what to do next.
  func carryOut(
    _ operation: some ComposeExecution.Operation, at site: Site, dryRun: Bool,
    state: ReleaseState, next: [String]
  ) throws {
    let steps = try operation.steps(at: site).map(\.title)
    if dryRun {
      if let outlook = try Recovery(site: site).outlook() { activity.note(outlook) }
    } else {
      try Executor(site: site).run(operation)
    }
    // A dry run shows the links as they would be.
    let links =
      dryRun && state == .current
      ? LinkState.expected(site.policy, current: operation.release)
      : try LinkState(policy: site.policy, locations: site.locations).targets
    try render(
      OutcomeReport(
        command: type(of: operation).kind, release: operation.release.description, dryRun: dryRun,
        state: state.rawValue, steps: steps,
        links: Dictionary(uniqueKeysWithValues: links.map { ($0.key.description, $0.value) }),
        next: dryRun ? [] : next))
  }
}
