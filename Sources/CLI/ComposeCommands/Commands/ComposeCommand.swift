import ArgumentParser
import BuildSystems
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import DurableFiles
import ReleaseLedger
import ReleaseModel

struct ComposeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose",
    abstract: "Tag the live builds, build the trees in staging, check them.",
    discussion: """
      With --plan, exactly that plan is done; if the builds, the policy or the ledger have moved \
      on since, it is refused and the difference shown.
      """)

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases())
  var release: String

  @Option(
    help: ArgumentHelp("A plan saved by 'plan --output'.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    let saved = try plan.map { try Self.savedPlan($0, for: id) }
    if change.dryRun { return try await preview(id, by: entry, saved: saved, with: context) }
    if !buildSystem.namesDirectories, let names = entry.policy.koji {
      try context.requireChangeableHub(names)
      if global.rootPlace != nil {
        context.activity.note(
          "--root moves directories only: \(entry.policy.composeTag(of: id)) is made in "
            + names.hub)
      }
    }
    try context.requireBuildSystem(buildSystem, entry)
    let first = try await planBeforeLedger(of: id, by: entry, saved: saved, with: context)
    try await context.changing(entry, purpose: "compose \(id)") { stream, finished in
      if finished.take(.compose, of: id) != nil {
        return try tell(finishedReport(on: id, in: stream, with: context), with: context)
      }
      // Recovery may have found a release: then what was planned before it is
      // not what would happen now.
      let planned =
        if let first, try stream.ledger.releases().isEmpty { first } else {
          try await plan(of: id, by: entry, in: stream, saved: saved, with: context)
        }
      try Executor(stream: stream).run(operation(planned, in: stream, with: context))
      if signing.allowUnsigned {
        context.warn("UNSIGNED RPMs were allowed in \(id); the ledger records it")
      }
      let checks = try TreeCheckRunner(stream: stream).runAndRecord(stream.release(id))
      try tell(
        ComposeReport(
          plan: planned.plan, checks: checks, next: context.commandLine("publish \(id)")),
        with: context)
    }
  }

  private func tell(_ report: ComposeReport, with context: Context) throws {
    try context.render(report)
    if !report.checks.passed { throw CheckCommand.refusal(report.checks) }
  }

  /// What this very command did before it was killed: the release is staged, and
  /// only its checks may be missing.
  private func finishedReport(
    on id: ReleaseID, in stream: StreamContext, with context: Context
  ) throws -> ComposeReport {
    context.activity.note("\(id) was composed before; nothing is done a second time")
    let record = try stream.release(id)
    return ComposeReport(
      record, builds: try stream.ledger.builds(of: id).count,
      retired: try stream.retired(by: id),
      checks: try TreeCheckRunner(stream: stream).runAndRecord(record),
      next: context.commandLine("publish \(id)"))
  }

  private func preview(
    _ id: ReleaseID, by entry: PolicySet.Entry, saved: Plan?, with context: Context
  ) async throws {
    let stream = try context.previewStream(entry)
    if let note = try Recovery(stream: stream).preview() { context.activity.note(note) }
    let planned = try await livePlan(of: id, by: entry, in: stream, saved: saved, with: context)
    try context.render(PlanReport(planned.plan))
    try operation(planned, in: stream, with: context).preflight(in: stream)
    if !buildSystem.namesDirectories, let names = entry.policy.koji {
      try context.requireChangeableHub(names)
    }
    let failing = planned.plan.foreseenFailures(in: entry.policy)
    guard let first = failing.first?.findings.first else { return }
    throw ComposeError(
      .refused, "release \(id)",
      "it would be staged, and not pass \(failing.map(\.check.rawValue).joined(separator: ", ")): "
        + first.message, remedy: first.remedy)
  }

  /// The first compose of a stream is planned before its ledger is made, so that
  /// wrong input leaves nothing behind. Nil where there is a ledger, or where
  /// RPMs must be downloaded: that is not done twice.
  private func planBeforeLedger(
    of id: ReleaseID, by entry: PolicySet.Entry, saved: Plan?, with context: Context
  ) async throws -> ReleasePlanner.PlannedRelease? {
    if try context.hasLedger(entry) || context.downloads(buildSystem, entry) { return nil }
    let stream = try context.previewStream(entry)
    let planned = try await plan(of: id, by: entry, in: stream, saved: saved, with: context)
    try operation(planned, in: stream, with: context).preflight(in: stream)
    return planned
  }

  /// Plans for a compose that will be carried out.
  private func plan(
    of id: ReleaseID, by entry: PolicySet.Entry, in stream: StreamContext, saved: Plan?,
    with context: Context
  ) async throws -> ReleasePlanner.PlannedRelease {
    // Check the login first: reading RPMs can take hours.
    try context.buildSystem(buildSystem, stream, for: id).requireTagging(
      into: entry.policy.composeTag(of: id))
    return try await livePlan(of: id, by: entry, in: stream, saved: saved, with: context)
  }

  private func operation(
    _ planned: ReleasePlanner.PlannedRelease, in stream: StreamContext, with context: Context
  ) throws -> ComposeOperation {
    try ComposeOperation(
      planned.plan, with: planned.documents,
      from: context.buildSystem(buildSystem, stream, for: planned.plan.release),
      reopeningTag: stream.ledger.knowsHubTag(planned.plan.composeTag))
  }

  /// The plan from what is live now; throws `refused` where it is not the
  /// saved one any more.
  private func livePlan(
    of id: ReleaseID, by entry: PolicySet.Entry, in stream: StreamContext, saved: Plan?,
    with context: Context
  ) async throws -> ReleasePlanner.PlannedRelease {
    let now = try await context.planner(of: stream, by: entry, signing)
      .plan(id, from: context.buildSystem(buildSystem, stream, for: id))
    guard let saved else { return now }
    let drift = PlanDrift.between(saved: saved, now: now.plan)
    guard !drift.isEmpty else { return now }
    // Refusals come first, because they may be the cause of the difference.
    let findings = now.plan.refusals + drift
    throw ComposeError(
      .refused, "plan of \(id)",
      "it is no longer what would happen",
      remedy: "Look at what differs, and plan again", findings: findings)
  }

  /// What is no file was named by mistake: it is not moved away.
  private static func planFile(_ path: String, of id: ReleaseID) throws -> ReadableFile {
    do {
      return try ReadableFile(path: path)
    } catch let error as ComposeError where [.noInput, .cannotCreate].contains(error.kind) {
      let isMissing = error.kind == .noInput
      throw ComposeError(
        isMissing ? .noInput : .badData, path.sanitizedForDisplay,
        isMissing ? "there is no such file" : "it is no plan file, but something else than a file",
        remedy: "Name a plan that was saved with: epel-compose plan \(id) --output FILE")
    }
  }

  static func savedPlan(_ path: String, for id: ReleaseID) throws -> Plan {
    let plan = try PlanFile.decode(planFile(path, of: id).contents(limit: 1 << 30), file: path)
    guard plan.release == id else {
      throw ComposeError(
        .usage, path.sanitizedForDisplay, "it is a plan of \(plan.release), not of \(id)",
        remedy: "Name the plan of this release")
    }
    return plan
  }
}

/// What `compose` did.
struct ComposeReport: Report, Encodable {
  let release: String
  let state = "staged"
  let planDigest: String
  let composeTag: String
  let trees: [TreePlan]
  let retired: [RetiredEntry]
  let warnings: [Finding]
  let checks: CheckReport
  private let buildCount: Int
  /// Of `retired`, what leaves with the release.
  private let departing: [RetiredEntry]
  private let next: String

  init(plan: Plan, checks: CheckReport, next: String) {
    self.next = next
    release = plan.release.description
    planDigest = plan.digest.hex
    composeTag = plan.composeTag
    trees = plan.trees
    retired = plan.retired
    departing = plan.departing
    // Leave out what the checks report again.
    let found = Set(checks.checks.flatMap { $0.findings + $0.warnings })
    warnings = plan.warnings.filter { !found.contains($0) && $0.code != "waived" }
    buildCount = plan.builds.count
    self.checks = checks
  }

  /// What the ledger knows of a compose whose plan is gone.
  init(
    _ record: ReleaseRecord, builds: Int, retired: [RetiredEntry], checks: CheckReport,
    next: String
  ) {
    self.next = next
    release = record.id.description
    planDigest = record.planDigest
    composeTag = record.composeTag
    trees = record.trees.map {
      TreePlan(
        area: $0.name.area, path: $0.name.path, packages: $0.packages, bytes: $0.bytes,
        repositories: [])
    }
    self.retired = retired
    departing = retired.filter(\.wasCarried)
    warnings = []
    buildCount = builds
    self.checks = checks
  }

  private enum CodingKeys: String, CodingKey {
    case release, state, planDigest, composeTag, trees, retired, warnings, checks, next
  }

  func text(_ style: TextStyle) -> String {
    var table = TextTable(["", ""])
    table.add(["builds", "\(buildCount.grouped) tagged into \(composeTag)"])
    for tree in trees {
      table.add(["tree", "\(tree.path): \(tree.packages.counted("RPM file"))"])
    }
    return style.paint("Composed \(release): it is staged", .good) + "\n" + table.text(style) + "\n"
      + RetiredText.section("Left out, retired", of: departing, in: style)
      + FindingsText.section("Warnings", of: warnings, as: .attention, in: style)
      + CheckReportText(checks).text(style)
      + (checks.passed ? NextText.lines([next], in: style) : "")
  }
}
