import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DocumentSigning
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Gives a release a testing tree, without RPMs, that was composed before the policy had the
/// area: a compose makes it for all others.
package struct BeginTestingOperation: Operation {
  package static let kind = OperationKind.beginTesting

  package let release: ReleaseID
  private let tree: TreeName
  /// Whose identity it shares.
  private let source: TreeName
  private let revision: Int

  /// Throws `refused` where the stream has no such area, or the release has its tree.
  package init(_ record: ReleaseRecord, in stream: StreamContext) throws {
    guard let tree = stream.policy.tree(.testing, of: record.id) else {
      throw record.refusal(
        "its stream has no testing area",
        "Add 'areas.testing' to the policy of \(stream.policy.stream)")
    }
    guard record.tree(.testing) == nil, let source = record.tree(.updates), source.place == .public
    else {
      throw record.refusal(
        record.tree(.testing) == nil ? "its trees are not public" : "it has a testing tree",
        "Nothing is left to make")
    }
    release = record.id
    self.tree = tree
    self.source = source.name
    revision = max(
      source.revision, try stream.ledger.revisionFloor(stable: false).addingClamped(1))
  }

  package var title: String { "begin testing of \(release)" }
  package var summary: String { "made \(tree)" }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees.filter { $0.name == source }
  }

  package func preflight(in stream: StreamContext) throws {
    let preflight = Preflight(stream: stream)
    try preflight.requireFree(
      tree.path, below: stream.locations.public, "something is there already")
    try stream.signer?.requireReady()
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    let workspace = try Workspace.path(of: tree, stream: stream.policy.stream)
    return [
      BuildEmptyTree(tree: tree, like: source, revision: revision),
      MoveTree(
        tree: tree, source: (stream.locations.staging, workspace),
        target: (stream.locations.public, tree.path)),
      RemoveTree(
        root: stream.locations.staging,
        path: try Workspace.path(of: release, stream: stream.policy.stream)),
    ]
  }

  /// As long as nobody has seen the tree.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    let root = try Directory.openIfPresent(root: stream.locations.public)
    if try root?.status(of: tree.path) != nil { return nil }
    try root?.removeTree(TreeCopy.unfinishedPath(of: tree.path))
    let workspace = RemoveTree(
      root: stream.locations.staging,
      path: try Workspace.path(of: release, stream: stream.policy.stream))
    if try !workspace.isDone(in: stream) { try workspace.perform(in: stream) }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let record = try TreeRecord(
      of: tree, at: .public,
      directory: Directory.open(root: stream.locations.public).open(tree.path), revision: revision)
    return { try $0.setTree(record) }
  }
}
