import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Ends a stream or one of its releases: its last trees go to the archive, at the same paths and
/// with the same links, redirects and a text say so, and the ledger keeps that nothing comes any
/// more. Originals stay for the grace time. For a day to come, the ledger keeps that day alone.
package struct EndOperation: Operation {
  package static let kind = OperationKind.end

  package let release: ReleaseID
  private let trees: [TreeName]
  private let isWholeStream: Bool
  /// `YYYY-MM-DD`.
  private let day: String
  private let decided: Int
  /// When it is carried out, seconds since 1970; nil for a day to come.
  private let at: Int?

  /// - Parameters:
  ///   - record: the current release for the whole stream, else the one that ends.
  ///   - date: the day from which on nothing comes; nil for today, or the day that was decided.
  ///
  /// Throws `refused` where it has ended already, for a day that is over, and for a release
  /// that is not superseded.
  package init(
    _ record: ReleaseRecord, isWholeStream: Bool, on date: CalendarDate?, in stream: StreamContext
  ) throws {
    let subject = isWholeStream ? nil : record.id
    let known = try stream.ledger.endings().first { $0.subject == subject }
    let name = isWholeStream ? "\(stream.policy.major)" : "\(record.id)"
    if let known, known.done != nil {
      throw ComposeError(
        .refused, isWholeStream ? stream.policy.stream : "release \(record.id)",
        "it \(stream.status(of: known).words)",
        remedy: "Take it back with: " + stream.commands.commandLine("end \(name) --undo"))
    }
    if !isWholeStream {
      try stream.requireNotEnded(nil)
      guard record.state == .superseded, !record.isRestored else {
        throw record.refusal(
          "it is \(record.state.rawValue)"
            + (record.isRestored ? ", and was restored from the archive" : ""),
          record.state == .current
            ? "Promote a later release first, or end the whole stream: "
              + stream.commands.commandLine("end \(record.id.major)")
            : "Only a release that users had, and that is not in the archive, can end")
      }
    }
    if let date, date < stream.today {
      throw ComposeError(
        .refused, "end \(name) --on \(date)", "that day is over",
        remedy: "Leave --on out to end it today")
    }
    let day = date ?? min(known?.day ?? stream.today, stream.today)
    release = record.id
    trees = record.trees.map(\.name)
    self.isWholeStream = isWholeStream
    self.day = day.description
    decided = known.flatMap { $0.day == day ? $0.decided : nil } ?? stream.time.now
    at = day <= stream.today ? stream.time.now : nil
  }

  /// What ends; nil for the whole stream.
  private var subject: ReleaseID? { isWholeStream ? nil : release }

  /// Whether it is only decided for a day to come.
  package var isPlanned: Bool { at == nil }

  /// What the ledger will have.
  package func ending() throws -> EndOfLife {
    guard let day = CalendarDate(day) else {
      throw ComposeError(
        .badData, "ledger", "'\(day.sanitizedForDisplay)' is no day",
        remedy: "Use the version of epel-compose that began it")
    }
    return EndOfLife(
      subject: subject, day: day, decided: decided,
      done: at.map { EndOfLife.Done(release: release, at: $0) })
  }

  package func changesServedTrees(in stream: StreamContext) -> Bool { !isPlanned }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    isPlanned ? [] : try stream.release(release).trees
  }

  package func preflight(in stream: StreamContext) throws {
    guard !isPlanned else { return }
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    try Preflight(stream: stream).checkArchive(of: stream.release(release))
    for link in try links(stream) { try link.requireRoom(in: stream) }
    for step in try redirects(stream) {
      try Preflight(stream: stream).requireReplaceable(step.path, below: stream.locations.state)
    }
    try Preflight(stream: stream).requireReplaceable(
      RelativePath.of(stream.endNoticeName), below: stream.locations.public)
  }

  /// Throws what reading the trees would, for a dry run.
  package func requireIntact(in stream: StreamContext) throws {
    if !isPlanned { try stream.requireIntactTrees(of: release) }
  }

  package var title: String {
    "end \(isWholeStream ? "\(release.major)" : "\(release)")" + (isPlanned ? " on \(day)" : "")
  }

  package var summary: String {
    let what = isWholeStream ? "the stream" : "it"
    return isPlanned
      ? "decided that \(what) ends on \(day)"
      : "\(what) ended on \(day), archived \(trees.map(\.description).joined(separator: ", "))"
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    guard !isPlanned else { return [] }
    let copies = trees.map { CopyTree.archiving($0, in: stream) }
    let notice =
      isWholeStream ? try stream.endNoticeSteps(stream.endings(with: ending())) : []
    return try copies + links(stream) + redirects(stream) + notice
  }

  private func redirects(_ stream: StreamContext) throws -> [WriteDocument] {
    try stream.redirects(endings: stream.endings(with: ending()))
  }

  private func links(_ stream: StreamContext) throws -> [ArchiveLink] {
    guard isWholeStream else { return [] }
    let links = try stream.links(to: release)
    // The moving ones first: none dangles.
    return links.reversed().map { ArchiveLink(path: $0.path, target: $0.target) }
  }

  /// The originals are whole. What was copied stays, finished or not: the next try goes on
  /// with it. What says that it ended goes.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    guard !isPlanned else { return { _ in } }
    let endings = try stream.ledger.endings()
    let steps: [any Step] =
      try stream.redirects() + (isWholeStream ? stream.endNoticeSteps(endings) : [])
      + links(stream).reversed().map {
        RemoveLink(root: stream.locations.archive, path: $0.path, target: $0.target)
      }
    for step in steps where try !step.isDone(in: stream) { try step.perform(in: stream) }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let (ending, isPlanned, isWholeStream, at) = (try ending(), isPlanned, isWholeStream, at ?? 0)
    let records = try stream.release(release).trees
    return { [release] change in
      try change.setEnding(ending)
      if isPlanned { return }
      for var record in records {
        record.isArchived = true
        try change.setTree(record)
      }
      // The last release of a stream stays what links lead to for the grace time.
      if !isWholeStream { try change.setState(.archived, of: release, at: at) }
    }
  }
}
