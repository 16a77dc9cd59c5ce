import BuildSystems
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

/// A compose as a command asks for it: `compose` takes the live builds of the release's own minor
/// release, `branch` those of the one before.
struct ComposeRun {
  let release: ReleaseID
  let entry: PolicySet.Entry
  /// The plan that must be exactly what is done; nil for what is live now.
  let saved: Plan?
  /// Nil for builds from the release's own live tag.
  let branching: BranchOptions?
  let buildSystem: BuildSystemOptions
  let signing: SigningOptions
  let context: Context

  private var command: String { branching == nil ? "compose" : "branch" }

  func run() async throws {
    if !buildSystem.namesDirectories, let names = entry.policy.koji {
      try context.requireChangeableHub(names)
      if context.options.rootPlace != nil {
        context.activity.note(
          "--root moves directories only: \(entry.policy.composeTag(of: release)) is made in "
            + names.hub)
      }
    }
    try context.requireBuildSystem(buildSystem, entry)
    let first = try await planBeforeLedger()
    try await context.changing(entry, purpose: "\(command) \(release)") { stream, finished in
      if let done = finished.take(.compose, of: release, where: isMine) {
        return try tell(finishedReport(on: done, in: stream))
      }
      // Recovery may have found a release: then what was planned before it is
      // not what would happen now.
      let planned =
        if let first, try stream.ledger.releases().isEmpty { first } else {
          try await plan(in: stream)
        }
      try Executor(stream: stream).run(operation(planned, in: stream))
      if signing.allowUnsigned {
        context.warn("UNSIGNED RPMs were allowed in \(release); the ledger records it")
      }
      let checks = try TreeCheckRunner(stream: stream).runAndRecord(stream.release(release))
      try tell(
        ComposeReport(
          plan: planned.plan, checks: checks, next: context.commandLine("publish \(release)")))
    }
  }

  func preview() async throws {
    let stream = try context.previewStream(entry)
    if let note = try Recovery(stream: stream).preview() { context.activity.note(note) }
    let planned = try await livePlan(in: stream)
    try context.render(PlanReport(planned.plan))
    try operation(planned, in: stream).preflight(in: stream)
    if !buildSystem.namesDirectories, let names = entry.policy.koji {
      try context.requireChangeableHub(names)
    }
    let failing = planned.plan.foreseenFailures(in: entry.policy)
    guard let first = failing.first?.findings.first else { return }
    throw ComposeError(
      .refused, "release \(release)",
      "it would be staged, and not pass \(failing.map(\.check.rawValue).joined(separator: ", ")): "
        + first.message, remedy: first.remedy)
  }

  /// Whether a compose that was finished is the one that this very command began.
  private func isMine(_ operation: any ComposeLifecycle.Operation) -> Bool {
    ((operation as? ComposeOperation)?.former != nil) == (branching != nil)
  }

  private func tell(_ report: ComposeReport) throws {
    try context.render(report)
    if !report.checks.passed { throw CheckCommand.refusal(report.checks) }
  }

  /// What this very command did before it was killed: the release is staged, and
  /// only its checks may be missing.
  private func finishedReport(
    on done: any ComposeLifecycle.Operation, in stream: StreamContext
  ) throws -> ComposeReport {
    context.activity.note("\(release) was composed before; nothing is done a second time")
    let record = try stream.release(release)
    return ComposeReport(
      record, branching: (done as? ComposeOperation)?.former.map { Branching(former: $0) },
      builds: try stream.ledger.builds(of: release).count,
      retired: try stream.retired(by: release),
      checks: try TreeCheckRunner(stream: stream).runAndRecord(record),
      next: context.commandLine("publish \(release)"))
  }

  /// The first compose of a stream is planned before its ledger is made, so that
  /// wrong input leaves nothing behind. Nil where there is a ledger, or where
  /// RPMs must be downloaded: that is not done twice.
  private func planBeforeLedger() async throws -> ReleasePlanner.PlannedRelease? {
    if try context.hasLedger(entry) { return nil }
    let stream = try context.previewStream(entry)
    if branching != nil { _ = try stream.formerRelease(branching: release) }
    if context.downloads(buildSystem, entry) { return nil }
    let planned = try await plan(in: stream)
    try operation(planned, in: stream).preflight(in: stream)
    return planned
  }

  /// Plans for a compose that will be carried out.
  private func plan(in stream: StreamContext) async throws -> ReleasePlanner.PlannedRelease {
    // Check the login first: reading RPMs can take hours.
    let point = try branching?.point(of: release, in: stream)
    try context.buildSystem(buildSystem, stream, for: point?.former ?? release).requireTagging(
      into: entry.policy.composeTag(of: release))
    return try await livePlan(in: stream)
  }

  private func operation(
    _ planned: ReleasePlanner.PlannedRelease, in stream: StreamContext
  ) throws -> ComposeOperation {
    try ComposeOperation(
      planned.plan, with: planned.documents,
      from: context.buildSystem(
        buildSystem, stream, for: planned.plan.branching?.former ?? planned.plan.release),
      reopeningTag: stream.ledger.knowsHubTag(planned.plan.composeTag))
  }

  /// The plan from what is live now; throws `refused` where it is not the
  /// saved one any more.
  private func livePlan(in stream: StreamContext) async throws -> ReleasePlanner.PlannedRelease {
    let now = try await context.plan(
      release, branching?.point(of: release, in: stream), of: stream, by: entry, buildSystem,
      signing)
    guard let saved else { return now }
    let drift = PlanDrift.between(saved: saved, now: now.plan)
    guard !drift.isEmpty else { return now }
    // Refusals come first, because they may be the cause of the difference.
    let findings = now.plan.refusals + drift
    throw ComposeError(
      .refused, "plan of \(release)",
      "it is no longer what would happen",
      remedy: "Look at what differs, and plan again", findings: findings)
  }
}

extension Context {
  /// The plan of `release` from what is live: in its own live tag, or in that of the release that it
  /// is branched from.
  ///
  /// - Parameter point: nil for its own live tag.
  func plan(
    _ release: ReleaseID, _ point: BranchPoint?, of stream: StreamContext,
    by entry: PolicySet.Entry, _ options: BuildSystemOptions, _ signing: SigningOptions
  ) async throws -> ReleasePlanner.PlannedRelease {
    try await planner(of: stream, by: entry, signing).plan(
      release, from: buildSystem(options, stream, for: point?.former ?? release),
      branching: point)
  }
}
