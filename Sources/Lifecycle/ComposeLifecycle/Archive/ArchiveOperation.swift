import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Puts a superseded release below the archive root and writes redirects; the
/// original stays until the grace time is over.
package struct ArchiveOperation: Operation {
  package static let kind = OperationKind.archive

  package let release: ReleaseID
  private let trees: [TreeName]

  /// Throws `refused` unless `record` is superseded.
  package init(_ record: ReleaseRecord) throws {
    switch record.state {
    case .superseded: break
    case .archived:
      throw record.refusal(
        "it is archived already",
        "Remove the original with: epel-compose archive \(record.id) --remove-original")
    case .current:
      throw record.refusal(
        "it is current: users follow the links to it", "Promote a later release first")
    case .staged, .published, .composing, .abandoned:
      throw record.refusal(
        "it is \(record.state.rawValue), not superseded",
        "Archive a superseded release; one that nobody needs goes with: epel-compose abandon \(record.id)"
      )
    }
    release = record.id
    trees = record.trees.map(\.name)
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees
  }

  /// Throws `refused` where the trees hold something that is in no record.
  package func preflight(in stream: StreamContext) throws {
    try stream.requireUnlinked(stream.release(release))
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    try Preflight(stream: stream).checkArchive(of: stream.release(release))
    for step in try stream.redirects(with: trees) {
      try Preflight(stream: stream).requireReplaceable(step.path, below: stream.locations.state)
    }
  }

  /// Throws what reading the trees would, for a dry run: copies and links are made of
  /// verified files alone. RPMs that are known and have not changed are not read again.
  package func requireIntact(in stream: StreamContext) throws {
    try stream.requireIntactTrees(of: release)
  }

  package var title: String { "archive \(release)" }
  package var summary: String { "archived \(trees.map(\.description).joined(separator: ", "))" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    trees.map { CopyTree.archiving($0, in: stream) } + (try stream.redirects(with: trees))
  }

  /// The originals are whole until they are removed. What was copied stays,
  /// finished or not: the next archive of the release goes on with it.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try stream.release(release).trees
    let (release, now) = (release, stream.time.now)
    return { change in
      for var record in records {
        record.isArchived = true
        try change.setTree(record)
      }
      try change.setState(.archived, of: release, at: now)
    }
  }
}
