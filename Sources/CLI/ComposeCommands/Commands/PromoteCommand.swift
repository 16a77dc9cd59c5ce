import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct PromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Move the links to a published release.",
    discussion: """
      Refused while checks fail, have not run, or are older than the trees, the policy's checks \
      or the release that users have; and before the soak time is over. With --link, one link \
      moves that has a moment of its own, to the release that its rule and the calendar say; \
      without, all those that lead to the leading release. Whatever is overridden \
      stands in the ledger and in the announcement.
      """)

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases(in: [.published]))
  var release: String

  @Option(
    help: ArgumentHelp(
      "Move this link alone, which has a moment of its own.", valueName: "path"))
  var link: String?

  @Flag(help: "Do not wait for mirrors; recorded in the ledger.")
  var skipSoak = false

  @OptionGroup var overriding: OverrideOptions

  @OptionGroup var mirrors: MirrorOptions
  @Option(
    help: ArgumentHelp("Write the announcement of the release.", valueName: "file"),
    completion: .file())
  var announcement: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try ValidationError.requireApart([("--announcement", announcement)])
    if link == "" { throw ValidationError.empty("--link") }
    if link != nil, announcement != nil {
      throw ValidationError("--link moves one link: leave --announcement out.")
    }
  }

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    let next = "push updates with: " + context.commandLine("update \(id.major)")
    let reason = overriding.reason
    if let link { return try await move(link, to: id, entry, context) }
    // Find out before any link moves whether the announcement can be written.
    if let announcement {
      try OutputFile.require(announcement, replacing: Self.mark)
      _ = try ReleaseDocuments(library: context.templates(entry)).announcement(.empty)
    }
    if change.dryRun {
      let stream = try context.previewStream(entry)
      let record = try stream.release(id)
      if record.state == .current, let announcement {
        return context.activity.note("would write the announcement of \(id) to \(announcement)")
      }
      let operation = try PromoteOperation(
        record, skipSoak: skipSoak, overridingChecks: reason,
        beside: composeTag(of: record, stream, context),
        mirrors: { try mirrorVerdict(of: record, stream, context) }, in: stream)
      return try context.carryOut(
        operation, in: stream, dryRun: true, state: .current, overriding: operation.overridden,
        next: [next])
    }
    if try !context.hasLedger(entry) { _ = try context.readingStream(entry).release(id) }
    try await context.changing(entry, purpose: "promote \(id)") { stream, finished in
      let isTold = try context.reportIfFinished(
        finished, as: PromoteOperation.kind, of: id, in: stream)
      if !isTold { try promote(id, in: stream, reason: reason, next: next, context) }
      try announce(id, in: stream, context, entry)
    }
  }

  private func promote(
    _ id: ReleaseID, in stream: StreamContext, reason: String?, next: String, _ context: Context
  ) throws {
    let record = try stream.release(id)
    // For a release that is current already, --announcement writes the
    // announcement alone.
    if record.state == .current, announcement != nil { return }
    let operation = try PromoteOperation(
      record, skipSoak: skipSoak, overridingChecks: reason,
      beside: composeTag(of: record, stream, context),
      mirrors: { try mirrorVerdict(of: record, stream, context) }, in: stream)
    try context.carryOut(
      operation, in: stream, dryRun: false, state: .current, overriding: operation.overridden,
      next: [next])
  }

  /// Moves one link that has a moment of its own.
  private func move(
    _ link: String, to id: ReleaseID, _ entry: PolicySet.Entry, _ context: Context
  ) async throws {
    func carryOut(_ record: ReleaseRecord, _ stream: StreamContext) throws {
      let operation = try MoveLinkOperation(
        record, link: link, skipSoak: skipSoak, overridingChecks: overriding.reason,
        mirrors: { try mirrorVerdict(of: record, stream, context) }, in: stream)
      try context.carryOut(
        operation, in: stream, dryRun: change.dryRun, state: record.state,
        overriding: operation.overridden,
        next: [
          "go back with: " + context.commandLine("rollback \(id.major) --link \(operation.link)")
        ])
    }
    if change.dryRun {
      let stream = try context.previewStream(entry)
      return try carryOut(stream.release(id), stream)
    }
    if try !context.hasLedger(entry) { _ = try context.readingStream(entry).release(id) }
    try await context.changing(entry, purpose: "promote \(id) --link \(link)") { stream, finished in
      let isTold = try context.reportIfFinished(
        finished, as: MoveLinkOperation.kind, of: id, in: stream
      ) { ($0 as? MoveLinkOperation)?.link.description == link }
      if !isTold { try carryOut(stream.release(id), stream) }
    }
  }

  private func announce(
    _ id: ReleaseID, in stream: StreamContext, _ context: Context, _ entry: PolicySet.Entry
  ) throws {
    guard let announcement else { return }
    let text = try ReleaseDocuments(library: context.templates(entry)).announcement(
      Announcement(of: id, in: stream))
    try OutputFile.write(Array(text.utf8), to: announcement, replacing: Self.mark)
    context.activity.note("saved \(announcement)")
  }

  /// Whether mirrors have it.
  private func mirrorVerdict(
    of record: ReleaseRecord, _ stream: StreamContext, _ context: Context
  ) throws -> MirrorVerdict {
    context.noteUnasked(
      "whether mirrors have \(record.id)", in: stream,
      isWanted: (stream.policy.mirrors?.minimum ?? 0) > 0)
    return try MirrorVerdict(skipping: mirrors.reason) {
      try MirrorGate(stream).beforePromotion(of: record)
    }
  }

  /// Whether the compose tag is still what the release was cut with; what is not
  /// known is told, and stops nothing.
  private func composeTag(
    of record: ReleaseRecord, _ stream: StreamContext, _ context: Context
  ) throws -> [CheckResult] {
    guard record.state == .published else { return [] }
    let results = try context.composeTag(of: record, stream)
    for warning in results.flatMap(\.warnings) {
      context.warn("\(warning.message). \(warning.remedy)")
    }
    return results
  }

  /// By which an announcement of ours is told.
  private static let mark = " is current\n"
}

extension Announcement {
  /// What the ledger knows of a release that was promoted.
  fileprivate init(of id: ReleaseID, in stream: StreamContext) throws {
    let ledger = stream.ledger
    let record = try stream.release(id)
    self.init(
      title: stream.policy.title, release: id.description,
      previous: record.previous?.description,
      packages: Set(try ledger.builds(of: id).map(\.package)).count,
      retired: try stream.departures(with: record).map {
        Announcement.Retired(package: $0.package, text: $0.marker.marker.text)
      },
      returned: try stream.returned(with: record).sorted { $0.key < $1.key }.map {
        Announcement.Returned(package: $0.key, retiredBy: $0.value.description)
      },
      waived: try ledger.checkRun(of: id)?.waived ?? [],
      overrides: try stream.overrides(of: record).map { ($0.gate, $0.reason) })
  }
}
