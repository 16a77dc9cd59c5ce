import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import ReleaseLedger
import ReleaseModel

struct EndCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End the life of a stream, or of a release before its day.",
    discussion: """
      Nothing is composed and pushed any more, the last release goes to the archive with links \
      and redirects, and tags of the hub are locked. Refused while anything depends on it. Old \
      repository files work for the grace time of the policy, and so long --undo takes it back; \
      then --remove-original removes originals and links.
      """)

  @Argument(
    help: "The major version, such as 7, the name of the stream, or a release, such as 10.1.",
    completion: .releasesAndStreams())
  var target: StreamArgument

  @Option(
    help: ArgumentHelp(
      "From this day on nothing is composed and pushed; today if left out.", valueName: "date"))
  var on: String?

  @Flag(help: "Take it back, within the grace time.")
  var undo = false

  @Flag(help: "Remove originals and links, once the grace time is over and the archive reads back.")
  var removeOriginal = false

  @Option(
    help: ArgumentHelp("Write the last announcement.", valueName: "file"), completion: .file())
  var announcement: String?

  @OptionGroup var mirrors: MirrorOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try ValidationError.requireApart([("--announcement", announcement)])
    if let on, CalendarDate(on) == nil {
      throw ValidationError("'\(on.sanitizedForDisplay)' is not a day: write YYYY-MM-DD.")
    }
    if undo, removeOriginal {
      throw ValidationError("--undo and --remove-original exclude each other.")
    }
    if undo || removeOriginal, on != nil || announcement != nil {
      throw ValidationError(
        "--on and --announcement are for an end: leave them out with --undo and --remove-original.")
    }
    if mirrors.skipMirrors != nil, !removeOriginal {
      throw ValidationError("--skip-mirrors is for --remove-original: an end asks no mirrors.")
    }
  }

  func run() async throws {
    let context = Context(global, change)
    let (entry, named) = try target.target(context)
    let job = Job(command: self, context: context, entry: entry, subject: named)
    if let announcement {
      try OutputFile.require(announcement, replacing: Self.mark)
      _ = try ReleaseDocuments(library: context.templates(entry)).endAnnouncement(.empty)
    }
    if change.dryRun { return try job.perform(in: context.previewStream(entry), nil) }
    // Create no ledger where there is nothing to end.
    if try !context.hasLedger(entry) { _ = try job.record(in: context.readingStream(entry)) }
    let purpose = "end \(named?.description ?? String(entry.policy.major))"
    try await context.changing(entry, purpose: purpose) { stream, finished in
      try job.perform(in: stream, finished)
    }
  }

  /// By which an announcement of ours is told.
  private static let mark = ": the end of life is "

  /// One command about one subject.
  private struct Job {
    let command: EndCommand
    let context: Context
    let entry: PolicySet.Entry
    /// Nil for the whole stream.
    let subject: ReleaseID?

    private var isWholeStream: Bool { subject == nil }
    private var isDryRun: Bool { command.change.dryRun }

    private func name(_ stream: StreamContext) -> String {
      subject.map(\.description) ?? String(stream.policy.major)
    }

    /// The release whose trees it is about: the current one for the whole stream, or the one
    /// that was its last.
    func record(in stream: StreamContext) throws -> ReleaseRecord {
      if let subject { return try stream.release(subject) }
      if let last = try ending(in: stream)?.done?.release { return try stream.release(last) }
      guard let current = try stream.ledger.currentRelease() else {
        throw ComposeError(
          .refused, stream.policy.stream, "it has no current release: nothing is there to end",
          remedy: "Look at it with: " + context.commandLine("status \(stream.policy.major)"))
      }
      return current
    }

    private func ending(in stream: StreamContext) throws -> EndOfLife? {
      try stream.ledger.endings().first { $0.subject == subject }
    }

    /// - Parameter finished: what recovery finished; nil for a dry run.
    func perform(in stream: StreamContext, _ finished: FinishedOperations?) throws {
      let kind: OperationKind =
        command.undo ? .undoEnd : command.removeOriginal ? .removeEnded : .end
      let record = try record(in: stream)
      if let finished, finished.take(kind, of: record.id) != nil {
        try context.renewArchiveIndex(in: stream)
        try report(
          kind, record, stream, steps: [],
          next: ["the interrupted \(kind.rawValue) was finished; nothing else was done"])
        return try announce(in: stream)
      }
      switch kind {
      case .undoEnd: try takeBack(record, stream)
      case .removeEnded: try remove(record, stream)
      default:
        // Who only wants the announcement gets it.
        if !isDryRun, command.announcement != nil, command.on == nil,
          try ending(in: stream)?.done != nil
        {
          return try announce(in: stream)
        }
        try end(record, stream)
        try announce(in: stream)
      }
    }

    private func end(_ record: ReleaseRecord, _ stream: StreamContext) throws {
      let operation = try EndOperation(
        record, isWholeStream: isWholeStream, on: command.on.flatMap { CalendarDate($0) },
        in: stream)
      let obstacles = EndObstacles(
        toEnd: record, isWholeStream: isWholeStream, others: try others(), in: stream)
      if operation.isPlanned {
        for finding in try obstacles.findings() {
          context.warn("today it would be refused: \(finding.message). \(finding.remedy)")
        }
        return try carryOut(
          operation, record, stream, before: [], locking: { [] },
          next: [
            "on that day: " + context.commandLine("end \(name(stream))"),
            "take it back with: " + context.commandLine("end \(name(stream)) --undo"),
          ])
      }
      try obstacles.requireNone("end \(name(stream))")
      if isDryRun { try operation.requireIntact(in: stream) }
      let locks = try context.tagLocks(of: subject, in: stream)
      try carryOut(
        operation, record, stream, before: isDryRun ? locks.lockingSteps() : [],
        locking: locks.lock,
        next: [
          "reload the web server: redirects are in \(stream.locations.state)/redirects",
          "take it back within \(stream.policy.clocks.endGrace): "
            + context.commandLine("end \(name(stream)) --undo"),
          "after that time: " + context.commandLine("end \(name(stream)) --remove-original"),
        ])
    }

    /// Policies of other streams.
    private func others() throws -> [Policy] {
      try context.policies().entries.map(\.policy).filter { $0.stream != entry.policy.stream }
    }

    private func takeBack(_ record: ReleaseRecord, _ stream: StreamContext) throws {
      let locks = try context.tagLocks(of: subject, in: stream)
      // An end that failed has left tags locked.
      if try ending(in: stream) == nil, try locks.areKnown {
        return try report(
          .undoEnd, record, stream, steps: isDryRun ? locks.unlockingSteps() : locks.unlock(),
          next: [])
      }
      let operation = try UndoEndOperation(record, isWholeStream: isWholeStream, in: stream)
      try carryOut(
        operation, record, stream, before: isDryRun ? locks.unlockingSteps() : [],
        locking: locks.unlock,
        next: operation.changesServedTrees(in: stream)
          ? ["reload the web server: redirects are in \(stream.locations.state)/redirects"] : [])
    }

    private func remove(_ record: ReleaseRecord, _ stream: StreamContext) throws {
      context.noteUnasked(
        "where clients of \(record.id) are led", in: stream,
        isWanted: stream.policy.mirrors.map { $0.metalink != nil && $0.names.updates != nil }
          ?? false)
      let operation = try RemoveEndedOperation(
        record, isWholeStream: isWholeStream,
        mirrors: {
          try MirrorVerdict(skipping: command.mirrors.reason) {
            try MirrorGate(stream).beforeRemoval(of: record, isLast: isWholeStream)
          }
        }, in: stream)
      for sentence in operation.overridden { context.warn("overridden: \(sentence)") }
      try carryOut(
        operation, record, stream, before: [], locking: { [] },
        next: ["reload the web server: it answers old addresses with a text now"])
    }

    /// - Parameters:
    ///   - before: what comes first, in a dry run.
    ///   - locking: changes tags of the hub, and says how.
    private func carryOut(
      _ operation: some ComposeLifecycle.Operation, _ record: ReleaseRecord,
      _ stream: StreamContext,
      before: [String], locking: () throws -> [String], next: [String]
    ) throws {
      let executor = Executor(stream: stream)
      if isDryRun {
        let steps =
          try before + executor.preview(operation)
          + (operation.changesServedTrees(in: stream) ? stream.tellingSteps : [])
        if let note = try Recovery(stream: stream).preview() { context.activity.note(note) }
        return try report(
          type(of: operation).kind, record, stream, steps: steps, next: [],
          end: preview(operation, stream))
      }
      // Nothing is locked for what cannot succeed.
      let planned = try executor.preview(operation)
      try context.confirm(operation.title, doing: planned, by: stream.policy)
      let steps = try locking() + executor.run(operation)
      try context.renewArchiveIndex(in: stream)
      try report(type(of: operation).kind, record, stream, steps: steps, next: next)
    }

    /// How the end would be.
    private func preview(
      _ operation: some ComposeLifecycle.Operation, _ stream: StreamContext
    ) throws -> EndStatus?? {
      switch operation {
      case let end as EndOperation: .some(stream.status(of: try end.ending()))
      case let removal as RemoveEndedOperation:
        .some(stream.status(of: try removal.ending(in: stream)))
      default: .some(nil)
      }
    }

    /// - Parameter end: as it would be; nil to ask the ledger.
    private func report(
      _ kind: OperationKind, _ record: ReleaseRecord, _ stream: StreamContext, steps: [String],
      next: [String], end: EndStatus?? = nil
    ) throws {
      let links = try LinkState(policy: stream.policy, locations: stream.locations).targets
      try context.render(
        EndReport(
          command: kind, stream: stream.policy.stream, release: record.id,
          isWholeStream: isWholeStream, dryRun: isDryRun,
          end: try end ?? ending(in: stream).map(stream.status), steps: steps,
          links: Dictionary(links.map { ($0.key.description, $0.value) }) { first, _ in first },
          next: next))
    }

    private func announce(in stream: StreamContext) throws {
      guard let announcement = command.announcement else { return }
      guard !isDryRun else {
        return context.activity.note("would write the announcement to \(announcement)")
      }
      guard let ending = try ending(in: stream) else { return }
      let text = try ReleaseDocuments(library: context.templates(entry)).endAnnouncement(
        stream.endNotice(
          of: ending, record(in: stream),
          at: ending.done?.at ?? max(ending.day.secondsSince1970, stream.time.now)))
      try OutputFile.write(Array(text.utf8), to: announcement, replacing: EndCommand.mark)
      context.activity.note("saved \(announcement)")
    }
  }
}

extension EndNotice {
  /// To find out whether the template is there and valid.
  fileprivate static var empty: EndNotice {
    EndNotice(title: "", day: "", release: "", archive: [], until: nil, paths: [])
  }
}
