import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Brings an archived release back to its public paths, and takes its redirects away. The
/// archive keeps what it has.
package struct RestoreOperation: Operation {
  package static let kind = OperationKind.restore

  package let release: ReleaseID
  private let trees: [TreeName]
  /// Trees whose originals are gone: those that it makes.
  private let made: [TreeName]

  /// Throws `refused` unless `record` is archived, and where it ended and that can be taken back.
  package init(_ record: ReleaseRecord, in stream: StreamContext) throws {
    if try stream.ledger.endings().contains(where: { ending in
      ending.done.map { $0.release == record.id && !$0.isClosed } ?? false
    }) {
      throw record.refusal(
        "it ended, and its originals are still there",
        "Take that back with: "
          + stream.commands.commandLine(
            "end \(record.state == .current ? "\(record.id.major)" : "\(record.id)") --undo"))
    }
    guard record.state == .archived else {
      throw record.refusal(
        "it is \(record.state.rawValue), not archived",
        record.isRestored
          ? "Nothing is left to restore"
          : "Its trees are where they always were; look with: epel-compose status \(record.id.major)"
      )
    }
    release = record.id
    trees = record.trees.map(\.name)
    made = record.trees.filter { $0.place != .public }.map(\.name)
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees
  }

  package func preflight(in stream: StreamContext) throws {
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    let preflight = Preflight(stream: stream)
    try preflight.requireRoom(for: made, below: stream.locations.public)
    let archived = try stream.release(release).archivedTrees
    try preflight.checkCopy(
      of: archived.filter { made.contains($0.name) }, to: stream.locations.public)
    for tree in archived {
      let directory = try stream.locations.open(tree)
      try directory.requireNothingUnknown()
      if let path = try directory.firstMissingFile() {
        throw ComposeError(
          .noInput, "\(directory.path)/\(path)", "it is missing",
          remedy: "Repair the archive with: "
            + stream.commands.commandLine(
              "archive verify \(stream.policy.major) --repair-from DIR"))
      }
    }
    for tree in trees { _ = try CopyTree.restoring(tree, in: stream).isDone(in: stream) }
    for step in try stream.redirects(without: trees) {
      try preflight.requireReplaceable(step.path, below: stream.locations.state)
    }
  }

  /// Throws what reading the archive would, for a dry run: only verified files are copied
  /// or linked.
  package func requireIntact(in stream: StreamContext) throws {
    for tree in try stream.release(release).archivedTrees where made.contains(tree.name) {
      try stream.locations.open(tree).requireIntact(in: stream.library)
    }
  }

  package var title: String { "restore \(release)" }
  package var summary: String { "restored \(trees.map(\.description).joined(separator: ", "))" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    trees.map { CopyTree.restoring($0, in: stream) } + (try stream.redirects(without: trees))
  }

  /// What was made goes again: the archive has it.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    if let root = try Directory.openIfPresent(root: stream.locations.public) {
      for tree in made {
        try root.removeTree(TreeCopy.unfinishedPath(of: tree.path))
        try root.removeTree(tree.path)
      }
    }
    for step in try stream.redirects() where try !step.isDone(in: stream) {
      try step.perform(in: stream)
    }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try stream.release(release).trees
    let (release, now) = (release, stream.time.now)
    return { change in
      for var record in records {
        record.place = .public
        record.isArchived = true
        try change.setTree(record)
      }
      try change.setState(.superseded, of: release, at: now)
    }
  }
}
