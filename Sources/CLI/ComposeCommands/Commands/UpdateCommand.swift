import ComposeStream
import ComposeChecks
import ComposeLifecycle
import ArgumentParser
import ComposePlanning
import ComposePolicy
import ComposeReports
import RPMPackages
import ReleaseModel

struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Push new builds into the current updates tree.",
    discussion: """
      Older versions stay, so that 'dnf downgrade' works, as the policy's areas.updates.keeps says. \
      --withdraw takes builds out; --undo takes the newest push back. What was taken out is not \
      pushed again until --again says so. Files that no client asks for any more are removed after \
      the grace time.
      """)

  @Argument(help: "The major version, such as 7.")
  var major: Int

  @Option(
    help: ArgumentHelp("Take a build out of the lists; may be repeated.", valueName: "nvr"))
  var withdraw: [String] = []

  @Flag(help: "Take the newest push back that was not taken back yet.")
  var undo = false

  @Option(help: ArgumentHelp("Why: for --withdraw and --undo; users are told.", valueName: "text"))
  var reason: String?

  @Option(
    help: ArgumentHelp(
      "Push a build that was taken out before; may be repeated.", valueName: "nvr"))
  var again: [String] = []

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
    if undo, !withdraw.isEmpty || !again.isEmpty {
      throw ValidationError("--undo, --withdraw and --again are three commands, not one.")
    }
    if !withdraw.isEmpty, !again.isEmpty {
      throw ValidationError("--withdraw and --again are two commands, not one.")
    }
    let takesOut = undo || !withdraw.isEmpty
    if takesOut, reason.map({ $0.allSatisfy(\.isWhitespace) }) ?? true {
      throw ValidationError("--withdraw and --undo need a --reason that others will understand.")
    }
    if !takesOut, reason != nil {
      throw ValidationError("--reason belongs to --withdraw or --undo.")
    }
  }

  private var request: PushRequest {
    let reason = (reason ?? "").sanitizedForDisplay
    if undo { return .undo(reason: reason) }
    return withdraw.isEmpty
      ? .update(again: Set(again)) : .withdraw(Set(withdraw), reason: reason)
  }

  func run() async throws {
    let context = Context(global, isDryRun: change.dryRun)
    let entry = try context.policy(major: major)
    let announcements = PushAnnouncements(text: announcement, page: html, context, entry)
    try announcements.require()
    if change.dryRun || !context.hasLedger(entry) {
      let reading = try context.readingStream(entry)
      if let note = try Recovery(stream: reading).preview() { context.activity.note(note) }
      let pushed = try await push(by: entry, in: reading, with: context)
      try context.render(PushReport(pushed.plan, isDryRun: true))
      if !pushed.plan.isEmpty || !pushed.plan.refusals.isEmpty {
        try UpdateOperation(pushed.plan, with: pushed.documents, in: reading)
          .preflight(in: reading)
      }
      return
    }
    let report = try await context.changing(entry, purpose: "update \(major)") { stream in
      let pushed = try await self.push(by: entry, in: stream, with: context)
      let operation = try UpdateOperation(pushed.plan, with: pushed.documents, in: stream)
      if operation.isEmpty { return PushReport(pushed.plan, isDryRun: false) }
      try Executor(stream: stream).run(operation)
      if signing.allowUnsigned, !pushed.plan.builds.isEmpty {
        context.warn("UNSIGNED RPMs were allowed in this push; the ledger records it")
      }
      return PushReport(
        pushed.plan, isDryRun: false, removedFiles: operation.removedFiles,
        checks: try TreeCheckRunner(stream: stream).runAndRecord(
          stream.release(pushed.plan.release)))
    }
    try context.render(report)
    if !report.plan.isEmpty { try announcements.write(report.plan) }
    if let checks = report.checks, !checks.passed {
      throw ComposeError(
        .failed, "push \(report.plan.serial) to \(report.plan.release)",
        "it is done, but the tree does not pass its checks",
        remedy: "Mend what the findings name, then check again")
    }
  }

  private func push(
    by entry: PolicySet.Entry, in stream: StreamContext, with context: Context
  ) async throws -> ReleasePlanner.PlannedPush {
    let planner = context.planner(of: stream, by: entry, signing)
    let current = try planner.currentRelease()
    let isUpdate = !undo && withdraw.isEmpty
    return try await planner.push(
      request, from: isUpdate ? context.buildSystem(buildSystem, stream, for: current) : nil)
  }
}
