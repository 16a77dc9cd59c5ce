import ArgumentParser
import ComposeLifecycle
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring an archived release back.",
    discussion: """
      Its trees get their public paths again, and its redirects go; links stay, and the archive \
      keeps what it has. It is superseded then, and can be archived again. With --to, its trees \
      are copied to a directory instead, and nothing else changes.
      """)

  @Argument(help: "The release, such as 7.06.201903.", completion: .releases(in: [.archived]))
  var release: String

  @Option(
    help: ArgumentHelp(
      "Copy the archived trees there, at the same paths, and change nothing else.",
      valueName: "dir"), completion: .directory)
  var to: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if to == "" { throw ValidationError.empty("--to") }
  }

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    if let to {
      let stream = try context.readingStream(entry)
      let record = try stream.release(id)
      guard !record.archivedTrees.isEmpty else {
        throw record.refusal(
          "it is \(record.state.rawValue), and not in the archive",
          "Archive it first: " + context.commandLine("archive \(id)"))
      }
      return try context.copy(record.archivedTrees, of: stream, to: to, dryRun: change.dryRun)
    }
    if change.dryRun {
      let stream = try context.previewStream(entry)
      return try carryOut(stream.release(id), in: stream, with: context)
    }
    try await context.changing(entry, release: id, by: RestoreOperation.kind) { stream, record in
      try carryOut(record, in: stream, with: context)
    }
  }

  private func carryOut(_ record: ReleaseRecord, in stream: StreamContext, with context: Context)
    throws
  {
    let operation = try RestoreOperation(record, in: stream)
    if change.dryRun { try operation.requireIntact(in: stream) }
    try context.carryOut(
      operation, in: stream, dryRun: change.dryRun, state: .superseded,
      next: [
        "reload the web server: redirects are in \(stream.locations.state)/redirects",
        "no rollback goes to it: compose a release if users shall have it again",
        "take it away again with: " + context.commandLine("archive \(record.id)"),
      ])
  }
}
