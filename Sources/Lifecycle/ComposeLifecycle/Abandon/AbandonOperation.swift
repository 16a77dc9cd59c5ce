import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Drops a release that users never got: trees, test repository and tag.
package struct AbandonOperation: Operation {
  package static let kind = OperationKind.abandon

  package let release: ReleaseID
  private let trees: [Place]
  private let composeTag: String
  /// What only it had; nil in the journal of an older version.
  private let removed: [RemovedRPM]?
  /// What clients may have of it; nil likewise.
  private let known: [KnownFile]?

  private struct Place: Codable, Sendable {
    let root: String
    let path: RelativePath
  }

  /// Throws `refused` unless `record` is staged or published.
  package init(_ record: ReleaseRecord, in stream: StreamContext) throws {
    switch record.state {
    case .staged, .published, .composing: break
    case .current:
      throw record.refusal(
        "it is current: users follow the links to it",
        "Go back first: epel-compose rollback \(record.id.major)")
    case .superseded, .archived:
      throw record.refusal(
        "it is \(record.state.rawValue): users had it",
        record.state == .superseded
          ? "Archive it instead: epel-compose archive \(record.id)" : "It stays in the archive")
    case .abandoned: throw record.refusal("it is abandoned already", "Nothing is left to drop")
    }
    release = record.id
    composeTag = record.composeTag
    // What was only staged nobody could get: it may have been the mistake that it
    // is abandoned for. What links led to went when they left it.
    removed =
      record.state == .published && record.promotion == nil
      ? try RemovalGathering(stream: stream).removals(
        with: record, insteadOf: stream.ledger.currentRelease(), .abandoned) : []
    known = record.state == .published ? try stream.knownFiles(of: record) : []
    trees = record.trees.compactMap { tree in
      stream.locations.root(tree.place).map { Place(root: $0, path: tree.name.path) }
    }
  }

  /// What is gone need not be removed.
  package static var needsAllTrees: Bool { false }

  package func changesServedTrees(in stream: StreamContext) -> Bool {
    trees.contains { $0.root != stream.locations.staging || stream.servesStaging }
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees
  }

  /// Throws `refused` where a link leads to it.
  package func preflight(in stream: StreamContext) throws {
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    for tree in trees {
      try Preflight(stream: stream).checkRemoval(of: [tree.path], from: tree.root)
    }
    try TestRepository(stream: stream, release: release).requireReplaceable()
  }

  package var title: String { "abandon \(release)" }
  package var summary: String { "dropped \(trees.map(\.path.description).joined(separator: ", "))" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    trees.map { RemoveTree(root: $0.root, path: $0.path) }
      + [try TestRepository(stream: stream, release: release).removing()]
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try stream.release(release).trees
    let (release, tag, now) = (release, composeTag, stream.time.now)
    let (removed, known) = (removed ?? [], known ?? [])
    let forgotten = now - stream.policy.clocks.grace.seconds
    return { change in
      try change.addRemoved(removed)
      try change.forgetKnownFiles(before: forgotten)
      try change.remember(known, of: release, at: now)
      for var record in records {
        record.place = .gone
        try change.setTree(record)
      }
      try change.removeTag(tag)
      try change.forgetHubTag(tag)
      try change.setState(.abandoned, of: release, at: now)
    }
  }
}
