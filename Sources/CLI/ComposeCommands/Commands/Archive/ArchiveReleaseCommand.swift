import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct ArchiveReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Put a superseded release below the archive root.",
    discussion:
      "The original stays for the grace time of the policy; --remove-original drops it then, unless "
      + "clients are still led to it.")

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases(in: [.superseded, .archived]))
  var release: String

  @Flag(help: "Remove the original, once the grace time is over and the archive reads back.")
  var removeOriginal = false

  @OptionGroup var mirrors: MirrorOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if mirrors.skipMirrors != nil, !removeOriginal {
      throw ValidationError("--skip-mirrors is for --remove-original: an archive asks no mirrors.")
    }
  }

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    if change.dryRun {
      let stream = try context.previewStream(entry)
      return try carryOut(stream.release(id), in: stream, with: context)
    }
    try await context.changing(
      entry, release: id,
      by: removeOriginal ? RemoveOriginalOperation.kind : ArchiveOperation.kind
    ) { stream, record in
      try carryOut(record, in: stream, with: context)
    }
  }

  private func carryOut(_ record: ReleaseRecord, in stream: StreamContext, with context: Context)
    throws
  {
    guard removeOriginal else {
      let grace = stream.policy.clocks.grace
      let operation = try ArchiveOperation(record)
      if change.dryRun { try operation.requireIntact(in: stream) }
      return try context.carryOut(
        operation, in: stream, dryRun: change.dryRun, state: .archived,
        next: [
          "reload the web server: redirects are in \(stream.locations.state)/redirects",
          "rollback can no longer go back to \(record.id)",
          "after the grace time of \(grace): "
            + context.commandLine("archive \(record.id) --remove-original"),
        ])
    }
    let operation = try RemoveOriginalOperation(
      record, mirrors: { try mirrorVerdict(of: record, stream, context) }, in: stream)
    try context.carryOut(
      operation, in: stream, dryRun: change.dryRun, state: .archived,
      overriding: operation.overridden, next: [])
  }

  /// Where clients are led.
  private func mirrorVerdict(
    of record: ReleaseRecord, _ stream: StreamContext, _ context: Context
  ) throws -> MirrorVerdict {
    context.noteUnasked(
      "where clients of \(record.id) are led", in: stream,
      isWanted: stream.policy.mirrors.map { $0.metalink != nil && $0.names.updates != nil }
        ?? false)
    return try MirrorVerdict(skipping: mirrors.reason) {
      try MirrorGate(stream).beforeRemoval(of: record)
    }
  }
}
