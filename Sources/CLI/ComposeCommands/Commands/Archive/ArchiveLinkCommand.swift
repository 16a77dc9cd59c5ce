import ArgumentParser
import ComposeLifecycle
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct ArchiveLinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Make equal files of archived releases one file on the disk.",
    discussion: """
      Each file that equals one of an earlier archived release becomes a further name of that \
      one, which is read and compared before. RPMs must have the same modification time, too: \
      metadata tell it.
      """)

  @Argument(help: "The release, such as 7.06.201903.", completion: .releases(in: [.archived]))
  var release: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    if change.dryRun {
      let stream = try context.previewStream(entry)
      return try carryOut(stream.release(id), in: stream, with: context)
    }
    try await context.changing(entry, release: id, by: LinkArchiveOperation.kind) {
      stream, record in
      try carryOut(record, in: stream, with: context)
    }
  }

  private func carryOut(_ record: ReleaseRecord, in stream: StreamContext, with context: Context)
    throws
  {
    try context.carryOut(
      LinkArchiveOperation(record), in: stream, dryRun: change.dryRun, state: record.state, next: []
    )
  }
}
