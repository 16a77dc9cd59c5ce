import ArgumentParser
import ComposeLifecycle
import ComposePlanning
import ComposeStream
import ReleaseModel

struct BranchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "branch",
    abstract: "Compose the next minor release from the live builds of the leading one.",
    discussion: """
      What 'compose' does, but from the live tag of the former minor release ('koji.liveTag' with \
      {minor}), at one event of the hub: its newest builds go on, those with a marker leave, and so \
      does what the new live tag blocks already. The dry run shows the tags and targets of both \
      minor releases, and what waits in the former one's pending tags and would miss the branch. \
      Tags and targets in which packagers build are not made: it says which are missing. With \
      --rpms, the directory has the live builds of the former release.

      Refused unless the release is the next one after the leading one by the policy's calendar, \
      and where its minor release is there already. 'plan --branch' saves a plan.
      """)

  @Argument(help: "The new release, such as 10.3.", completion: .releases())
  var release: String

  @Option(
    help: ArgumentHelp(
      "A plan saved by 'plan --branch --output': done exactly, or refused.",
      valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @OptionGroup var point: BranchOptions
  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws { try point.validate(with: buildSystem) }

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    let saved = try plan.map { try ComposeCommand.savedPlan($0, for: id) }
    if let plan, saved?.branching == nil {
      throw ComposeError(
        .usage, plan.sanitizedForDisplay, "it is no plan of a branch, but of a compose",
        remedy: "Make one with: "
          + context.commandLine("plan \(id) --branch", [("--output", plan)]))
    }
    let work = ComposeRun(
      release: id, entry: entry, saved: saved, branching: point, buildSystem: buildSystem,
      signing: signing, context: context)
    try await change.dryRun ? work.preview() : work.run()
  }
}

/// `--event` of the commands that branch.
struct BranchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Branch from what was live at this event of the hub, as a plan names it, instead of now.",
      valueName: "number"))
  var event: Int?

  /// Throws for an event of a directory, which has no history.
  func validate(with buildSystem: BuildSystemOptions) throws {
    if event != nil, buildSystem.namesDirectories {
      throw ValidationError("--event is one of a hub's history: leave --rpms or --event out.")
    }
    if let event, event < 1 {
      throw ValidationError("--event is the number of an event, such as 4711.")
    }
  }

  /// Where `release` begins; throws `refused` where it cannot be branched.
  func point(of release: ReleaseID, in stream: StreamContext) throws -> BranchPoint {
    BranchPoint(former: try stream.formerRelease(branching: release), event: event)
  }
}
