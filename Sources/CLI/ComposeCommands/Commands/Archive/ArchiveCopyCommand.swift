import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import ReleaseLedger
import ReleaseModel

struct ArchiveCopyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Copy the whole archive of a stream to another disk.",
    discussion: """
      Every file is read and compared, copied, and read back; files that are one in the archive \
      are one there. An interrupted copy goes on where it stopped, and a later one adds what was \
      archived since. What was read is remembered of the copy: once roots.archive in the policy \
      names it, 'archive verify' goes on from there.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @Option(
    help: ArgumentHelp("The directory; it takes the place of a root.", valueName: "dir"),
    completion: .directory)
  var to: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if to.isEmpty { throw ValidationError.empty("--to") }
  }

  func run() async throws {
    let context = Context(global, change)
    let entry = try streamName.policy(context)
    let stream = try context.readingStream(entry)
    let trees = try stream.ledger.releases().sorted { $0.id < $1.id }.flatMap(\.archivedTrees)
    guard !trees.isEmpty else {
      throw ComposeError(
        .refused, stream.policy.stream, "no release of it is archived",
        remedy: "Archive a superseded release first")
    }
    try context.copy(trees, of: stream, to: to, dryRun: change.dryRun)
  }
}

extension Context {
  /// Copies archived trees to a directory of choice, and reports.
  func copy(
    _ trees: [TreeRecord], of stream: StreamContext, to directory: String, dryRun: Bool
  ) throws {
    let directory = Self.resolved(directory)
    let copy = try ArchiveCopy(to: directory, in: stream)
    var outcomes: [(tree: TreeName, outcome: ArchiveCopy.Outcome)]
    if dryRun {
      outcomes = try trees.map { ($0.name, try copy.outcome(of: $0)) }
    } else {
      let lock = try ArchiveVerifyCommand.lock(stream)
      defer { withExtendedLifetime(lock) {} }
      var readings = try ArchiveReadings(of: stream) { warn($0) }
      outcomes = try copy.perform(
        trees, beside: stream.ledger.releases().flatMap(\.archivedTrees), noting: &readings)
      try readings.save(in: stream)
    }
    try render(
      ArchiveCopyReport(
        stream: stream.policy.stream, directory: directory, dryRun: dryRun,
        trees: outcomes.map {
          ArchiveCopyReport.Tree(
            release: $0.tree.release, path: $0.tree.path.description,
            outcome: $0.outcome.rawValue)
        }))
  }
}
