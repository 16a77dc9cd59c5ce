import ArgumentParser
import ComposePlanning
import ComposePolicy
import DurableFiles
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
    if let plan, saved?.branching != nil {
      throw ComposeError(
        .usage, plan.sanitizedForDisplay, "it is the plan of a branch",
        remedy: "Carry it out with: "
          + context.commandLine("branch \(id)", [("--plan", plan)]))
    }
    let work = ComposeRun(
      release: id, entry: entry, saved: saved, branching: nil, buildSystem: buildSystem,
      signing: signing, context: context)
    try await change.dryRun ? work.preview() : work.run()
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
