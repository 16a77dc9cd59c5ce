import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeSite
import ReleaseModel

struct SiteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Pages on which anyone can look packages up.",
    subcommands: [SiteBuildCommand.self])
}

struct SiteBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Write a static site of all streams.",
    discussion: """
      Made from the ledgers: streams, releases, a page for each package with its history, feeds, \
      and all of it as JSON. With --next, also what the next release of a stream would be. Only \
      files that have changed are written, and only files of an earlier run are removed.
      """)

  @Argument(help: "Directory of the site.", completion: .directory)
  var directory: String

  @Option(
    help: ArgumentHelp(
      "Preview this release, from the build system of its stream.", valueName: "release"),
    completion: .releases())
  var next: String?

  @Flag(help: "Preview it as 'branch' would compose it, from the live builds of the leading one.")
  var branch = false

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var signing: SigningOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if directory.isEmpty { throw ValidationError.empty("<directory>") }
    if next == nil, buildSystem.namesDirectories || signing.allowUnsigned || branch {
      throw ValidationError("--branch, --rpms and --allow-unsigned belong to --next.")
    }
  }

  func run() async throws {
    let context = Context(global, change)
    let planned = try next.map { try context.release($0) }
    var streams: [SiteStream] = []
    let entries = try context.policies().entries
    let known = try entries.filter(context.hasLedger)
    for entry in known {
      let stream = try context.readingStream(entry)
      var next: ReleasePlanner.PlannedRelease?
      if let planned, planned.entry.policy.major == entry.policy.major {
        let formerly = branch ? try stream.formerRelease(branching: planned.id) : nil
        next = try await context.plan(
          planned.id, formerly.map { BranchPoint(former: $0) }, of: stream, by: entry,
          buildSystem, signing)
      }
      streams.append(try StreamGathering(stream: stream, next: next).siteStream())
    }
    guard let first = known.first else {
      throw ComposeError(
        .noInput, "site", "no stream of these policies has been worked on",
        remedy: "Compose a release first, or name the right --policies and --root")
    }
    let title = known.lazy.compactMap { $0.policy.site.title }.first ?? "EPEL releases"
    let files = try SiteBuilder(templates: context.templates(first).directories)
      .files(SiteContents(title: title, streams: streams))
    let outcome = try SiteDirectory(path: Context.absolute(directory))
      .write(files, dryRun: change.dryRun)
    try context.render(
      SiteReport(
        directory: directory, dryRun: change.dryRun, streams: streams.map(\.name),
        files: outcome.files, written: outcome.written, removed: outcome.removed))
  }
}
