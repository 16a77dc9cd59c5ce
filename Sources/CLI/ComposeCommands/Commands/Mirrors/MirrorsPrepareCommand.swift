import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct MirrorsPrepareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Bring a release what clients of the current one may ask for, before a flip.",
    discussion: """
      Publishing a release does that for what is there then. What was pushed into the current \
      release since, and the newer repomd.xml that this asks for, would reach mirrors only \
      after the link, and promote refuses that. The soak time begins anew. A superseded release \
      is made ready for a rollback that can wait until mirrors have followed. With --link, it is \
      what clients of that link may ask for.
      """)

  @Argument(help: "The release, such as 7.07.201908.")
  var release: String

  @Option(
    help: ArgumentHelp(
      "The link that will move alone, which has a moment of its own.", valueName: "path"))
  var link: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if link == "" { throw ValidationError.empty("--link") }
  }

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    if change.dryRun {
      let stream = try context.previewStream(entry)
      return try carryOut(stream.release(id), in: stream, context)
    }
    try await context.changing(entry, release: id, by: PrepareOperation.kind) { stream, record in
      try carryOut(record, in: stream, context)
    }
  }

  private func carryOut(
    _ record: ReleaseRecord, in stream: StreamContext, _ context: Context
  ) throws {
    let operation = try PrepareOperation(record, link: link, in: stream)
    let isForRollback = record.state == .superseded && link == nil
    let flip = context.commandLine(
      isForRollback ? "rollback \(record.id.major)" : "promote \(record.id)", [("--link", link)])
    // The others have had theirs.
    let soaks = record.state == .published
    guard !operation.isEmpty else {
      let lacking = "mirrors lack nothing that clients may ask for"
      let clock =
        try stream.untoldModules(since: record.since).isEmpty
        ? "its soak time goes on" : "its soak time begins when mirrors are told"
      return try context.report(
        PrepareOperation.kind, record.id, in: stream, dryRun: change.dryRun, state: record.state,
        steps: [], next: [soaks ? "\(lacking): \(clock)" : lacking, flip])
    }
    let soak = stream.policy.clocks.soak
    try context.carryOut(
      operation, in: stream, dryRun: change.dryRun, state: record.state,
      next: [
        soaks ? "after the soak time of \(soak): \(flip)" : "once mirrors have followed: \(flip)"
      ])
  }
}
