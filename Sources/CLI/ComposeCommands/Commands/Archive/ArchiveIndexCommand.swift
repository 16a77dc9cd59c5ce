import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct ArchiveIndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Write the archive's manifest and index page now.",
    discussion: """
      Every command that changes the stream ends by writing what is not as it should be; this one \
      writes what could not be written then, or what others have changed.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let entry = try streamName.policy(context)
    if try change.dryRun || !context.hasLedger(entry) {
      let stream = try context.previewStream(entry)
      return try context.render(
        ArchiveIndexReport(
          stream: stream.policy.stream, dryRun: true, written: index(stream).differences()))
    }
    try await context.changing(entry, purpose: "archive index \(entry.policy.major)") { stream in
      try context.render(
        ArchiveIndexReport(
          stream: stream.policy.stream, dryRun: false, written: index(stream).renew()))
    }
  }

  private func index(_ stream: StreamContext) throws -> ArchiveIndex {
    guard let index = try ArchiveIndex(stream) else {
      throw ComposeError(
        .refused, stream.policy.stream, "no release of it is archived",
        remedy: "Archive a superseded release first")
    }
    return index
  }
}
