import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Removes the original trees of an archived release once the grace time is
/// over and the archive has been read back.
package struct RemoveOriginalOperation: Operation {
  package static let kind = OperationKind.removeOriginal

  package let release: ReleaseID
  private let trees: [TreeName]
  /// Gates that a person overrode; nil in the journal of an older version.
  private let overrides: [GateOverride]?

  /// Throws `refused` unless `record` is archived, there is an original with nothing of others
  /// in it, links are untouched, its grace time is over, and clients are not led to it any more:
  /// in this order, so that whoever waits has not waited for a refusal that was known before.
  ///
  /// - Parameter mirrors: asks where clients are led; not called where something else keeps the
  ///   original from going.
  package init(
    _ record: ReleaseRecord, mirrors: () throws -> MirrorVerdict = { .unasked },
    in stream: StreamContext
  ) throws {
    if try stream.ledger.endings().contains(where: { $0.done?.release == record.id }) {
      throw record.refusal(
        "it ended, and its originals have a grace time of their own",
        "Remove them with: epel-compose end "
          + (record.state == .current ? "\(record.id.major)" : "\(record.id)")
          + " --remove-original")
    }
    guard record.state == .archived else {
      throw record.refusal(
        "it is \(record.state.rawValue), not archived",
        "Archive it first: epel-compose archive \(record.id)")
    }
    let originals = record.trees.filter { $0.place == .public && $0.isArchived }
    guard !originals.isEmpty else {
      throw record.refusal("its original is gone already", "Nothing is left to remove")
    }
    trees = originals.map(\.name)
    try Preflight(stream: stream).requireUntouchedOriginals(trees)
    let ready = record.since.addingClamped(stream.policy.clocks.grace.seconds)
    guard stream.time.now >= ready else {
      throw record.refusal(
        "its grace time of \(stream.policy.clocks.grace) is not over",
        "Remove the original after \(Moment(ready))")
    }
    overrides = try mirrors().override("archive \(record.id) --remove-original", in: stream)
      .map { [$0] }
    release = record.id
  }

  /// Some originals may be gone already.
  package static var needsAllTrees: Bool { false }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees
  }

  package func preflight(in stream: StreamContext) throws {
    let preflight = Preflight(stream: stream)
    try preflight.requireUntouchedOriginals(trees)
    try preflight.checkRemoval(of: trees.map(\.path), from: stream.locations.public)
  }

  package var title: String { "remove the original of \(release)" }
  package var summary: String {
    (["removed \(trees.map(\.description).joined(separator: ", "))"]
      + (overrides ?? []).map { "\($0.gate) overridden (\($0.reason))" }).joined(separator: ", ")
  }

  /// What is overridden, one sentence each.
  package var overridden: [String] { (overrides ?? []).map { "\($0.gate): \($0.reason)" } }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    // Every tree is verified before the first one goes.
    trees.map { VerifyArchive(tree: $0) as any Step }
      + trees.map { RemoveTree(root: stream.locations.public, path: $0.path) }
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    let root = try Directory.open(root: stream.locations.public)
    for tree in trees where try root.status(of: tree.path) == nil { return nil }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try stream.release(release).trees
    let (release, overrides) = (release, overrides ?? [])
    return { change in
      try change.addOverrides(overrides, to: release)
      for var record in records where record.isArchived {
        record.place = .archive
        try change.setTree(record)
      }
    }
  }
}
