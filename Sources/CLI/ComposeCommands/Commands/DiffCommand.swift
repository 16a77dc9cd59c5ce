import ArgumentParser
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import RPMPackages
import ReleaseLedger
import ReleaseModel

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What differs between two releases: packages, versions, sizes.",
    discussion: """
      Compares what users can install from the two: the newest of each package that their \
      updates trees list, or those of --area. Releases of any state and stream, as long as their \
      trees are there, in the archive at least.
      """)

  @Argument(help: "The release to begin with.", completion: .releases())
  var from: String

  @Argument(help: "The release to compare with it.", completion: .releases())
  var to: String

  @Option(help: "Compare these trees (default: updates, where the release has one).")
  var area: Area?

  @Option(help: ArgumentHelp("Write it as a page.", valueName: "file"), completion: .file())
  var html: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws { try ValidationError.requireApart([("--html", html)]) }

  func run() async throws {
    let context = Context(global)
    let (old, new) = (try side(from, context), try side(to, context))
    let retired = Set(try new.stream.ledger.retirements(of: new.side.release).map(\.package))
    let difference = ReleaseDifference(
      from: old.side, old.contents, to: new.side, new.contents, retired: retired, order: .rpm)
    if let html {
      let page = try ReleaseDocuments(library: context.templates(new.entry))
        .differencePage(
          difference, names: PageNames(of: old.entry.policy, and: new.entry.policy),
          date: CalendarDate(secondsSince1970: context.time.now).description)
      try OutputFile.write(
        Array(page.utf8), to: html, replacing: "content=\"epel-compose\"")
    }
    try context.render(DifferenceReport(difference))
    if let html { context.activity.note("saved \(html)") }
  }

  private struct Read {
    let entry: PolicySet.Entry
    let stream: StreamContext
    let side: ReleaseDifference.Side
    let contents: ReleaseContents
  }

  private func side(_ text: String, _ context: Context) throws -> Read {
    let (id, entry) = try context.release(text)
    let stream = try context.readingStream(entry)
    let record = try stream.release(id)
    guard
      let tree = area.map(record.tree) ?? (record.tree(.updates) ?? record.stableTrees.last)
    else {
      throw ComposeError(
        .noInput, "release \(id)",
        "it is \(record.state.rawValue) and has no tree"
          + (area.map { " in \($0.rawValue)" } ?? ""),
        remedy: "Name a release that was composed, or another --area")
    }
    context.activity.begin("Reading \(tree.name)", total: nil, unit: "")
    defer { context.activity.end() }
    let contents = try stream.contents(of: tree)
    return Read(
      entry: entry, stream: stream,
      side: ReleaseDifference.Side(
        release: id, state: record.state,
        tree: stream.locations.path(of: tree) ?? tree.name.path.description, contents: contents),
      contents: contents)
  }
}

extension Area: ExpressibleByArgument {}
