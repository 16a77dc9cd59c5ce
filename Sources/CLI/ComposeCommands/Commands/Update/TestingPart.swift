import BuildSystems
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

/// The part of `update` that brings testing trees up to date: what goes wrong in it never keeps
/// back what users get, and is told at the end.
final class TestingPart {
  private let context: Context
  private let entry: PolicySet.Entry
  private let command: UpdateCommand
  private let finished: FinishedOperations?
  private var failures: [ComposeError] = []

  /// - Parameter finished: what the command did before it was killed; nil for a dry run.
  init(
    _ command: UpdateCommand, _ context: Context, _ entry: PolicySet.Entry,
    _ finished: FinishedOperations?
  ) {
    self.command = command
    self.context = context
    self.entry = entry
    self.finished = finished
  }

  private var isDryRun: Bool { command.change.dryRun }

  /// Throws `usage` or `refused` where the command asks for testing, and the policy has none.
  func require() throws {
    guard command.testing || !command.testingRPMs.isEmpty, entry.policy.areas[.testing] == nil
    else { return }
    throw ComposeError(
      .refused, entry.policy.stream, "its policy has no testing area",
      remedy: "Add 'areas.testing' and 'koji.testingTag' to the policy")
  }

  /// The same after a push of the same command; nil where the stream has no testing, or where
  /// nothing of it changes and nobody asked for it. Never throws but for an interruption.
  ///
  /// - Parameters:
  ///   - request: what the push was asked for.
  ///   - pushed: builds that go stable with it.
  func follow(
    _ request: PushRequest, into release: ReleaseID, _ pushed: Set<NVR>, _ stream: StreamContext
  ) async throws -> TestingReport? {
    guard entry.policy.areas[.testing] != nil else { return nil }
    do {
      let record = try stream.release(release)
      let asked = request.isUpdate ? try buildSystem(stream, for: release) : nil
      // A release without the tree gets one when somebody says which builds it has.
      if record.tree(.testing) == nil, asked == nil { return nil }
      let report = try await bring(release, from: asked, stable: pushed, stream)
      return report.isSilent ? nil : report
    } catch let error as ComposeError where error.kind != .interrupted {
      failures.append(error)
      return nil
    }
  }

  /// Brings the testing tree of one release to what its tag has.
  func bring(_ release: ReleaseID, _ stream: StreamContext) async throws -> TestingReport {
    try await bring(release, from: buildSystem(stream, for: release), stable: [], stream)
  }

  private func buildSystem(
    _ stream: StreamContext, for release: ReleaseID
  ) throws -> (any BuildSystem)? {
    if !command.testingRPMs.isEmpty {
      return try context.testingDirectories(command.testingRPMs, stream)
    }
    // Whoever takes stable builds from directories asks no hub.
    if command.buildSystem.namesDirectories { return nil }
    return try context.testingHub(stream, for: release)
  }

  private func bring(
    _ release: ReleaseID, from buildSystem: (any BuildSystem)?, stable: Set<NVR>,
    _ stream: StreamContext
  ) async throws -> TestingReport {
    let done =
      finished?.take(.testing, of: release) { ($0 as? TestingOperation)?.plan != nil }
      as? TestingOperation
    let planner = context.planner(of: stream, by: entry, command.signing)
    let planned = try await planner.testing(
      release, from: buildSystem, stable: stable, skippingUnsigned: command.skipUnsigned)
    if isDryRun {
      // What goes stable is not in the updates yet: it is judged as if it stayed.
      let judged =
        stable.isEmpty
        ? nil
        : try await planner.testing(
          release, from: buildSystem, skippingUnsigned: command.skipUnsigned)
      return try preview(planned, judging: judged, stream)
    }
    if let done, let plan = done.plan, planned.plan.isEmpty {
      context.activity.note("testing of \(release) was done before; nothing is done a second time")
      return TestingReport(
        plan, isDryRun: false, removedFiles: done.removedFiles, checks: done.checks)
    }
    try planned.plan.refusals.requireNone("testing of \(release)")
    if planned.plan.begins {
      try context.confirm(
        "begin testing of \(release)", doing: planned.plan.steps, by: stream.policy)
      try Executor(stream: stream).run(
        BeginTestingOperation(stream.release(release), in: stream))
    }
    var operation = try TestingOperation(planned.plan, with: planned.documents, in: stream)
    if operation.isEmpty { return TestingReport(planned.plan, isDryRun: false) }
    do {
      try judge(&operation, stream)
    } catch let error as ComposeError where error.kind == .refused && planned.plan.begins {
      // "Refused" promises that nothing has changed.
      throw ComposeError(
        .failed, error.thing, "\(error.cause), which was made without RPMs", remedy: error.remedy,
        findings: error.findings)
    }
    if !planned.plan.begins {
      try context.confirm(operation.title, doing: [operation.summary], by: stream.policy)
    }
    try Executor(stream: stream).run(operation)
    if command.signing.allowUnsigned, !planned.plan.builds.isEmpty {
      context.warn("UNSIGNED RPMs were allowed in testing of \(release)")
    }
    return TestingReport(
      planned.plan, isDryRun: false, removedFiles: operation.removedFiles, checks: operation.checks)
  }

  /// Nothing is judged where the release has no tree yet.
  ///
  /// - Parameter judged: what is judged in place of `planned`; nil for that itself.
  private func preview(
    _ planned: ReleasePlanner.PlannedTesting, judging judged: ReleasePlanner.PlannedTesting?,
    _ stream: StreamContext
  ) throws -> TestingReport {
    let plan = planned.plan
    guard plan.refusals.isEmpty, !plan.begins else {
      if !plan.refusals.isEmpty {
        failures.append(refusal(plan))
      }
      return TestingReport(plan, isDryRun: true)
    }
    var operation = try TestingOperation(plan, with: planned.documents, in: stream)
    if operation.isEmpty { return TestingReport(plan, isDryRun: true) }
    if let judged {
      guard judged.plan.refusals.isEmpty else { return TestingReport(plan, isDryRun: true) }
      operation = try TestingOperation(judged.plan, with: judged.documents, in: stream)
    }
    let checks = try operation.judge(in: stream)
    do { try judge(&operation, stream) } catch let error as ComposeError { failures.append(error) }
    return TestingReport(plan, isDryRun: true, checks: checks)
  }

  private func refusal(_ plan: TestingPlan) -> ComposeError {
    ComposeError(
      .refused, "testing of \(plan.release)", plan.refusals.first?.message ?? "",
      remedy: plan.refusals.first?.remedy ?? "")
  }

  /// Throws `refused` where checks fail on the tree as it will be, and nobody overrides them.
  private func judge(_ operation: inout TestingOperation, _ stream: StreamContext) throws {
    guard let checks = try operation.judge(in: stream), !checks.passed else { return }
    let failed = checks.failed.joined(separator: ", ")
    guard let reason = command.overriding.reason else {
      throw ComposeError(
        .refused, operation.title,
        "the testing tree would not pass its checks: \(failed); it was not changed",
        remedy: "Mend what the findings name, untag the build, or go on with --override-checks "
          + "and a reason", findings: isDryRun ? [] : checks.checks.flatMap(\.findings))
    }
    operation.overrideChecks(reason)
    context.warn("overridden: checks of testing: \(failed): \(reason)")
  }

  /// Throws the first failure. "Refused" promises that nothing has changed, so it is "failed"
  /// where a push was made.
  func requireAll(afterPush isPushed: Bool) throws {
    for error in failures.dropFirst() { context.warn("\(error)") }
    guard let error = failures.first else { return }
    guard isPushed, error.kind == .refused else { throw error }
    throw ComposeError(
      .failed, error.thing,
      "\(error.cause); what users get \(isDryRun ? "would be" : "was") pushed",
      remedy: error.remedy,
      findings: error.findings)
  }
}

extension UpdateCommand {
  /// `--testing`: testing trees alone, of the release that is named or of all that get pushes.
  func bringTesting(
    _ stream: StreamContext, _ named: ReleaseID?, _ entry: PolicySet.Entry, _ context: Context,
    _ finished: FinishedOperations?
  ) async throws {
    try stream.requireNotEnded(named)
    let part = TestingPart(self, context, entry, finished)
    try part.require()
    let releases = try named.map { [$0] } ?? stream.maintainedReleases()
    if releases.count > 1, !testingRPMs.isEmpty {
      throw ComposeError(
        .refused, "update \(entry.policy.major)",
        "a directory has the builds of one minor release, and "
          + "\(releases.map(\.description).joined(separator: " and ")) get pushes",
        remedy: "Name the release, such as: "
          + stream.commands.commandLine("update \(releases[0]) --testing"))
    }
    guard !releases.isEmpty else {
      throw ComposeError(
        .refused, entry.policy.stream, "it has no current release to test beside",
        remedy: "Compose, publish and promote a release first")
    }
    var reports: [TestingReport] = []
    var failure: ComposeError?
    for release in releases {
      do {
        reports.append(try await part.bring(release, stream.serving(release)))
      } catch let error as ComposeError where releases.count > 1 && error.kind != .interrupted {
        if failure == nil { failure = error } else { context.warn("\(error)") }
      }
    }
    if var first = reports.first {
      first.others = Array(reports.dropFirst())
      try context.render(first)
    }
    try part.requireAll(afterPush: false)
    if let failure { throw failure }
  }
}
