import ArgumentParser
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import RPMPackages
import ReleaseLedger
import ReleaseModel

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Preview a compose; reads only.",
    discussion: "A plan that would be refused is shown all the same, with what stands in the way. "
      + "Exit status 2 if RPMs can be in no release, such as those whose metadata cannot be written."
  )

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases())
  var release: String

  @Option(
    help: ArgumentHelp("Save the plan for 'compose --plan'.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var output: String?

  @Option(help: ArgumentHelp("Write the plan as a page.", valueName: "file"), completion: .file())
  var html: String?

  @Flag(
    help: """
      End with 0 where no package changes, 2 where the plan would be refused, 3 where something \
      changes.
      """)
  var detailedExitcode = false

  @Flag(help: "Plan what 'branch' would compose: from the live builds of the leading release.")
  var branch = false

  @OptionGroup var point: BranchOptions
  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try ValidationError.requireApart([("--output", output), ("--html", html)])
    if !branch, point.event != nil { throw ValidationError("--event belongs to --branch.") }
    try point.validate(with: buildSystem)
  }

  func run() async throws {
    let context = Context(global)
    let (id, entry) = try context.release(release)
    let stream = try context.readingStream(entry)
    if let note = try Recovery(stream: stream).preview() { context.activity.note(note) }
    let plan = try await context.plan(
      id, branch ? point.point(of: id, in: stream) : nil, of: stream, by: entry, buildSystem,
      signing
    ).plan
    if let output {
      try OutputFile.write(PlanFile.encode(plan), to: output, replacing: "{\n  \"added\"")
    }
    if let html {
      let documents = ReleaseDocuments(library: context.templates(entry))
      let page = try documents.planPage(
        plan, names: PageNames(entry.policy),
        acknowledged: Set(stream.ledger.acknowledgements().map(\.nvr)),
        date: CalendarDate(secondsSince1970: stream.time.now).description)
      try OutputFile.write(Array(page.utf8), to: html, replacing: "content=\"epel-compose\"")
    }
    try context.render(PlanReport(plan))
    if let html { context.activity.note("saved \(html)") }
    if let output {
      context.activity.note(
        "saved \(output); next: "
          + context.commandLine(
            (branch ? "branch \(id)" : "compose \(id)")
              + (point.event.map { " --event \($0)" } ?? "")
              + (signing.allowUnsigned ? " --allow-unsigned" : ""),
            [("--plan", output)] + buildSystem.rpms.map { ("--rpms", $0) }))
    }
    if let first = plan.unusable.first {
      throw ComposeError(
        .refused, "plan of \(id)",
        "\(plan.unusable.count.counted("RPM")) can be in no release: \(first.message)",
        remedy: first.remedy)
    }
    if detailedExitcode { try Self.tellChanges(of: plan) }
  }

  /// The exit status of `--detailed-exitcode`, which is that of other planning tools.
  private static func tellChanges(of plan: Plan) throws {
    if let first = plan.refusals.first {
      throw ComposeError(
        .refused, "plan of \(plan.release)", "it would be refused: \(first.message)",
        remedy: first.remedy)
    }
    let changes = plan.updated.count + plan.added.count + plan.departing.count
    if plan.previous == nil || changes > 0 { throw ExitCode(changesStatus) }
  }

  /// Something would change.
  private static let changesStatus: Int32 = 3
}
