import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Takes an end of life back: originals are read and compared, what says that it ended goes, and
/// so does the archive's copy, because pushes will make it another release.
package struct UndoEndOperation: Operation {
  package static let kind = OperationKind.undoEnd

  package let release: ReleaseID
  private let trees: [TreeName]
  private let isWholeStream: Bool
  /// Whether it was only decided.
  private let isPlanned: Bool

  /// - Parameter record: the current release for the whole stream, else the one that ended.
  ///
  /// Throws `refused` where nothing was decided, and where the grace time is over.
  package init(_ record: ReleaseRecord, isWholeStream: Bool, in stream: StreamContext) throws {
    let subject = isWholeStream ? nil : record.id
    guard let ending = try stream.ledger.endings().first(where: { $0.subject == subject }) else {
      throw ComposeError(
        .refused, isWholeStream ? stream.policy.stream : "release \(record.id)",
        "nobody has ended it", remedy: "Nothing is left to take back")
    }
    let status = stream.status(of: ending)
    guard status.state != .over, status.state != .closed else {
      throw ComposeError(
        .refused, isWholeStream ? stream.policy.stream : "release \(record.id)",
        "it \(status.words): that cannot be taken back any more",
        remedy: status.state == .closed && !isWholeStream
          ? "Bring its trees back with: " + stream.commands.commandLine("restore \(record.id)")
          : "Its last packages stay in the archive")
    }
    release = record.id
    self.isWholeStream = isWholeStream
    isPlanned = ending.done == nil
    trees = isPlanned ? [] : record.trees.map(\.name)
  }

  package func changesServedTrees(in stream: StreamContext) -> Bool { !isPlanned }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    isPlanned ? [] : try stream.release(release).trees
  }

  package func preflight(in stream: StreamContext) throws {
    guard !isPlanned else { return }
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    let root = try Directory.open(root: stream.locations.public)
    for tree in trees {
      let directory = try root.open(tree.path)
      if let path = try directory.firstMissingFile() {
        throw ComposeError(
          .noInput, "\(directory.path)/\(path)", "it is missing", remedy: VerifiedFile.treeRemedy)
      }
    }
    try Preflight(stream: stream).checkRemoval(
      of: trees.map(\.path), from: stream.locations.archive)
  }

  package var title: String {
    "end \(isWholeStream ? "\(release.major)" : "\(release)") --undo"
  }
  package var summary: String { "took its end back" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    guard !isPlanned else { return [] }
    let endings = try remaining(stream)
    let links = isWholeStream ? try stream.links(to: release) : []
    return trees.map { VerifyOriginal(tree: $0) as any Step }
      + [try stream.endsRemoval()] + (try stream.redirects(without: trees, endings: endings))
      + (isWholeStream ? try stream.endNoticeSteps(endings) : [])
      + links.map { RemoveLink(root: stream.locations.archive, path: $0.path, target: $0.target) }
      + trees.map { RemoveTree(root: stream.locations.archive, path: $0.path) }
  }

  private func remaining(_ stream: StreamContext) throws -> [EndOfLife] {
    let subject = isWholeStream ? nil : release
    return try stream.ledger.endings().filter { $0.subject != subject }
  }

  /// While the archive is whole, it has still ended; what says so is written again.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    if isPlanned { return { _ in } }
    let root = try Directory.openIfPresent(root: stream.locations.archive)
    for tree in trees where try root?.status(of: tree.path) == nil { return nil }
    let links = isWholeStream ? try stream.links(to: release).reversed() : []
    let steps: [any Step] =
      links.map { ArchiveLink(path: $0.path, target: $0.target) as any Step }
      + (try stream.redirects())
      + (isWholeStream ? try stream.endNoticeSteps(stream.ledger.endings()) : [])
    for step in steps where try !step.isDone(in: stream) { try step.perform(in: stream) }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = isPlanned ? [] : try stream.release(release).trees
    let (release, isWholeStream, isPlanned, now) = (
      release, isWholeStream, isPlanned, stream.time.now
    )
    return { change in
      try change.removeEnding(of: isWholeStream ? nil : release)
      for var record in records {
        record.isArchived = false
        try change.setTree(record)
      }
      if !isPlanned, !isWholeStream { try change.setState(.superseded, of: release, at: now) }
    }
  }
}

/// Reads an original and compares every file with its manifest: before the archive's copy goes.
struct VerifyOriginal: Step {
  let tree: TreeName

  var title: String { "read \(tree) and compare every file" }

  func isDone(in stream: StreamContext) throws -> Bool {
    // Nothing records it: where the copy is still there, it is read again.
    try Directory.openIfPresent(root: stream.locations.archive)?.status(of: tree.path) == nil
  }

  func perform(in stream: StreamContext) throws {
    let original = try Directory.open(root: stream.locations.public).open(tree.path)
    let recorded = try stream.ledger.release(tree.release)?.tree(tree.area)?.manifest
    let findings = try TreeVerification(activity: stream.activity).findings(
      in: original, recorded: recorded, fromDevice: true)
    guard let first = findings.first else { return }
    throw ComposeError(
      .badData, "\(stream.locations.public)/\(tree)", first.message,
      remedy: "Restore the file from the archive; the archive was kept", findings: findings)
  }
}
