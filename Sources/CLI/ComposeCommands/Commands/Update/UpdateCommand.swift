import ArgumentParser
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import RPMPackages
import ReleaseLedger
import ReleaseModel

struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Push new builds into updates trees.",
    discussion: """
      A major version stands for all releases that the policy's calendar has pushed into: the \
      leading one, and those that are maintained beside it, each by a push of its own. A release \
      in its place, such as 10.1, is pushed into alone; one that is published and soaks, too. \
      Everything that is new is pushed, or the builds that are named. The checks run on the tree \
      as it will be, before users get anything; a dry run does the same, and ends with the same \
      status. Older versions stay, so that 'dnf downgrade' works, as the policy's \
      areas.updates.keeps says. --withdraw takes builds out; --undo takes the newest push back. \
      What was taken out is held, whatever release is current, until --again says otherwise. Files \
      that no client asks for any more are removed after the grace time.

      Where the policy has a testing area, each update also brings the testing trees to what \
      their tag has, by a change of their own that never keeps a push back; --testing does that \
      alone.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, the name of the stream, or one release.",
      valueName: "stream"), completion: .releasesAndStreams())
  var streamName: StreamArgument

  @Argument(
    help: ArgumentHelp("Builds to push; everything that is new if none is given.", valueName: "nvr")
  )
  var builds: [String] = []

  @Option(
    help: ArgumentHelp("Leave a build out of this push; may be repeated.", valueName: "nvr"))
  var skip: [String] = []

  @Flag(help: "Leave builds out that are not signed as they should be, instead of stopping.")
  var skipUnsigned = false

  @Option(
    help: ArgumentHelp("Take a build out of the lists; may be repeated.", valueName: "nvr"),
    completion: .listedBuilds())
  var withdraw: [String] = []

  @Flag(help: "Take the newest push back that was not taken back yet.")
  var undo = false

  @Option(help: ArgumentHelp("Why: for --withdraw and --undo; users are told.", valueName: "text"))
  var reason: String?

  @Option(
    help: ArgumentHelp(
      "Push a build that was taken out before; may be repeated.", valueName: "nvr"),
    completion: .heldBuilds())
  var again: [String] = []

  @OptionGroup var overriding: OverrideOptions

  @Flag(help: "Bring testing trees up to date, and push nothing.")
  var testing = false

  @Option(
    name: .customLong("testing-rpms"),
    help: ArgumentHelp(
      "Use this directory of RPM files as what is tested, instead of the policy's testing tag; "
        + "may be repeated.", valueName: "dir"), completion: .directory)
  var testingRPMs: [String] = []

  @Option(
    help: ArgumentHelp("Write the announcement of the push, as text.", valueName: "file"),
    completion: .file())
  var announcement: String?

  @Option(
    help: ArgumentHelp("Write the announcement of the push, as a page.", valueName: "file"),
    completion: .file())
  var html: String?

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try ValidationError.requireApart([("--announcement", announcement), ("--html", html)])
    if undo, !withdraw.isEmpty || !again.isEmpty {
      throw ValidationError("--undo, --withdraw and --again are three commands, not one.")
    }
    if !withdraw.isEmpty, !again.isEmpty {
      throw ValidationError("--withdraw and --again are two commands, not one.")
    }
    if testingRPMs.contains("") { throw ValidationError.empty("--testing-rpms") }
    let takesOut = undo || !withdraw.isEmpty
    if testing {
      try requireTestingAlone(takesOut: takesOut)
    } else if takesOut, !testingRPMs.isEmpty {
      throw ValidationError(
        "--withdraw and --undo ask no build system: leave --testing-rpms out.")
    }
    let selects = !builds.isEmpty || !skip.isEmpty || skipUnsigned
    if takesOut, selects {
      throw ValidationError("--withdraw and --undo push no builds: leave the selection out.")
    }
    if let both = Set(builds).union(again).intersection(skip).min() {
      throw ValidationError("\(both) is named and skipped: decide on one.")
    }
    if skipUnsigned, signing.allowUnsigned {
      throw ValidationError("--skip-unsigned and --allow-unsigned exclude each other.")
    }
    if takesOut {
      try ValidationError.requireReason(reason, of: undo ? "--undo" : "--withdraw")
      if buildSystem.namesDirectories || signing.allowUnsigned {
        throw ValidationError(
          "--withdraw and --undo ask no build system: leave --rpms and --allow-unsigned out.")
      }
    }
    if !takesOut, reason != nil {
      throw ValidationError("--reason belongs to --withdraw or --undo.")
    }
  }

  /// `--testing` pushes nothing, so options of pushes say nothing beside it.
  private func requireTestingAlone(takesOut: Bool) throws {
    if takesOut || !builds.isEmpty || !skip.isEmpty || !again.isEmpty {
      throw ValidationError(
        "--testing follows the testing tag: tag and untag builds there, or leave --testing out.")
    }
    if buildSystem.namesDirectories {
      throw ValidationError("--testing pushes nothing: name what is tested with --testing-rpms.")
    }
    if announcement != nil || html != nil {
      throw ValidationError("--testing announces nothing: leave --announcement and --html out.")
    }
  }

  /// What is asked for of one release.
  var request: PushRequest {
    let reason = (reason ?? "").sanitizedForDisplay
    if undo { return .undo(reason: reason) }
    if !withdraw.isEmpty { return .withdraw(Set(withdraw), reason: reason) }
    return .update(
      UpdateSelection(
        only: Set(builds), skipping: Set(skip), again: Set(again), skipsUnsigned: skipUnsigned))
  }

  func run() async throws {
    let context = Context(global, change)
    let (entry, named) = try streamName.target(context)
    let announcements = PushAnnouncements(text: announcement, page: html, context, entry)
    try announcements.require()
    if try change.dryRun || !context.hasLedger(entry) {
      return try await preview(entry, named, context)
    }
    let purpose = "update \(named?.description ?? String(entry.policy.major))"
    try await context.changing(entry, purpose: purpose) { stream, finished in
      if testing { return try await bringTesting(stream, named, entry, context, finished) }
      let tested = TestingPart(self, context, entry, finished)
      try tested.require()
      let parts = try parts(of: stream, named, finished)
      let pushed = try await PushSeries.each(parts) { part in
        let stream = stream.serving(part.release)
        var report = try await report(part, entry, stream, context)
        report.testing = try await tested.follow(
          part.request, into: part.release, Set(report.plan.builds.map(\.nvr)), stream)
        return report
      }
      for warning in pushed.warnings { context.warn(warning) }
      if let report = pushed.report {
        try context.render(report)
        if report.plan.isEmpty {
          announcements.tellNone()
        } else {
          try announcements.write(report.plan)
        }
      }
      // Only where the tree did not become what was judged.
      for report in pushed.reports where report.checks?.passed == false && overriding.reason == nil
      {
        throw ComposeError(
          .failed, "push \(report.plan.serial) to \(report.plan.release)",
          "it is done, but the tree does not pass its checks",
          remedy: "Mend what the findings name, then check again")
      }
      try pushed.requireAll()
      try tested.requireAll(
        afterPush: pushed.reports.contains { !$0.plan.isEmpty || $0.removedFiles > 0 })
    }
  }

  /// Trees that are signed although nothing is pushed into them.
  private func noteSigned(_ operation: UpdateOperation, _ verb: String, _ context: Context) {
    for tree in operation.signedTrees {
      context.activity.note("\(verb) each repomd.xml of \(tree), as the policy has it by now")
    }
  }

  /// What the command did, or what it did before it was killed.
  ///
  private func report(
    _ part: PushPart, _ entry: PolicySet.Entry, _ stream: StreamContext, _ context: Context
  ) async throws -> PushReport {
    let done = part.done
    // An update goes on with what is new since; taking out is done once.
    if let done, !done.request.isUpdate { return try finished(done, stream, context) }
    let pushed = try await push(part, by: entry, in: stream, with: context)
    try stream.rememberLeft(pushed.plan)
    if let done, done.plan != nil, pushed.plan.isEmpty {
      return try finished(done, stream, context)
    }
    var operation = try UpdateOperation(
      pushed.plan, for: part.request, with: pushed.documents, changing: pushed.changes,
      in: stream)
    if operation.isEmpty { return PushReport(pushed.plan, isDryRun: false) }
    try judge(&operation, stream, context)
    try context.confirm(operation.title, doing: [operation.summary], by: stream.policy)
    try Executor(stream: stream).run(operation)
    noteSigned(operation, "signed", context)
    if signing.allowUnsigned, !pushed.plan.builds.isEmpty {
      context.warn("UNSIGNED RPMs were allowed in this push; the ledger records it")
    }
    return PushReport(
      pushed.plan, isDryRun: false, removedFiles: operation.removedFiles,
      checks: try verdict(on: operation, stream), next: try next(stream))
  }

  /// What a push asks for before the next flip.
  private func next(_ stream: StreamContext) throws -> [String] {
    try stream.lateReleases().map { record, late in
      "\(record.id) cannot be promoted as it is, \(late.cause): "
        + stream.commands.commandLine("mirrors prepare \(record.id)")
        + " begins its soak time of \(stream.policy.clocks.soak) anew"
    }
  }

  private func finished(
    _ done: UpdateOperation, _ stream: StreamContext, _ context: Context
  ) throws -> PushReport {
    guard let plan = done.plan else {
      throw ComposeError(
        .failed, done.title, "what it did is not recorded",
        remedy: "Look at it with: " + context.commandLine("history \(done.release)"))
    }
    context.activity.note("push \(plan.serial) was done before; nothing is done a second time")
    return PushReport(
      plan, isDryRun: false, removedFiles: done.removedFiles,
      checks: try verdict(on: done, stream), next: try next(stream))
  }

  /// The verdict on the tree as it is now: that of before the push, where the
  /// tree became just what was judged.
  private func verdict(on done: UpdateOperation, _ stream: StreamContext) throws -> CheckReport? {
    let record = try stream.release(done.release)
    if record.checksPassed != nil, let checks = done.checks { return checks }
    return done.plan == nil ? nil : try TreeCheckRunner(stream: stream).runAndRecord(record)
  }

  /// Throws `refused` where checks fail on the tree as it will be, and nobody
  /// overrides them.
  ///
  /// - Parameter hasShown: whether the findings were printed before.
  private func judge(
    _ operation: inout UpdateOperation, _ stream: StreamContext, _ context: Context,
    hasShown: Bool = false
  ) throws {
    guard let checks = try operation.judge(in: stream), !checks.passed else { return }
    let failed = checks.failed.joined(separator: ", ")
    guard let reason = overriding.reason else {
      throw ComposeError(
        .refused, operation.title,
        "the tree would not pass its checks: \(failed); nothing was changed",
        remedy: undo || !withdraw.isEmpty
          ? "Push builds first that do without what is taken out, take out what needs it as well, "
            + "or go on with --override-checks and a reason"
          : "Mend what the findings name, leave the build out with --skip, "
            + "or push it with --override-checks and a reason",
        findings: hasShown ? [] : checks.checks.flatMap(\.findings))
    }
    operation.overrideChecks(reason, in: stream)
    context.warn("overridden: checks: \(failed): \(reason)")
  }

  /// Shows what would happen; ends with the status that the push would have.
  private func preview(
    _ entry: PolicySet.Entry, _ named: ReleaseID?, _ context: Context
  ) async throws {
    let stream = try context.previewStream(entry)
    if let interrupted = try Recovery(stream: stream).preview() {
      context.activity.note(interrupted)
    }
    if testing { return try await bringTesting(stream, named, entry, context, nil) }
    let tested = TestingPart(self, context, entry, nil)
    try tested.require()
    let parts = try parts(of: stream, named, nil)
    if parts.count == 1 {
      let shown = Guarded<PushReport?>(nil)
      do {
        try await preview(parts[0], entry, stream.serving(parts[0].release), context) { report in
          shown.withLock { $0 = report }
        }
      } catch {
        if let report = shown.withLock({ $0 }) { try context.render(report) }
        throw error
      }
      if var report = shown.withLock({ $0 }) {
        report.testing = try await tested.follow(
          parts[0].request, into: parts[0].release, Set(report.plan.builds.map(\.nvr)),
          stream.serving(parts[0].release))
        try context.render(report)
        try tested.requireAll(afterPush: !report.plan.isEmpty)
      }
      return
    }
    let shown = Guarded<[PushReport]>([])
    let pushed = try await PushSeries.each(parts) { part in
      let served = stream.serving(part.release)
      let last = Guarded<PushReport?>(nil)
      defer { last.withLock { $0 }.map { report in shown.withLock { $0.append(report) } } }
      try await preview(part, entry, served, context) { report in last.withLock { $0 = report } }
      let nvrs = Set(last.withLock { $0 }?.plan.builds.map(\.nvr) ?? [])
      let testing = try await tested.follow(part.request, into: part.release, nvrs, served)
      last.withLock { $0?.testing = testing }
      return nil
    }
    if let report = PushSeries(reports: shown.withLock { $0 }).report { try context.render(report) }
    for warning in pushed.warnings { context.warn(warning) }
    try pushed.requireAll()
    try tested.requireAll(afterPush: shown.withLock { $0 }.contains { !$0.plan.isEmpty })
  }

  /// The same for one release.
  private func preview(
    _ part: PushPart, _ entry: PolicySet.Entry, _ stream: StreamContext, _ context: Context,
    _ show: (PushReport) throws -> Void
  ) async throws {
    let pushed = try await push(part, by: entry, in: stream, with: context)
    if pushed.plan.isEmpty || !pushed.plan.refusals.isEmpty {
      try show(PushReport(pushed.plan, isDryRun: true))
    }
    if pushed.plan.isEmpty, pushed.plan.refusals.isEmpty {
      // Before the first release there is nothing that could be signed.
      if stream.signer != nil, try stream.ledger.currentRelease() != nil {
        let operation = try UpdateOperation(pushed.plan, for: part.request, in: stream)
        try operation.preflight(in: stream)
        noteSigned(operation, "would sign", context)
      }
      return
    }
    var operation = try UpdateOperation(
      pushed.plan, for: part.request, with: pushed.documents, changing: pushed.changes,
      in: stream)
    let checks: CheckReport?
    do {
      checks = try operation.judge(in: stream)
    } catch {
      try show(PushReport(pushed.plan, isDryRun: true))
      throw error
    }
    try show(PushReport(pushed.plan, isDryRun: true, checks: checks))
    for step in stream.tellingSteps { context.activity.note("would \(step)") }
    try judge(&operation, stream, context, hasShown: true)
  }

  private func push(
    _ part: PushPart, by entry: PolicySet.Entry, in stream: StreamContext, with context: Context
  ) async throws -> ReleasePlanner.PlannedPush {
    try stream.requireGetsPushes(stream.release(part.release))
    return try await context.planner(of: stream, by: entry, signing).push(
      part.request, into: part.release,
      from: part.request.isUpdate
        ? context.buildSystem(buildSystem, stream, for: part.release) : nil)
  }
}
