package import ComposeStream
import ComposeTrees
import ComposeChecks
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Makes the staged trees visible under their public paths; links stay.
package struct PublishOperation: Operation {
  package static let kind = OperationKind.publish

  package let release: ReleaseID
  private let trees: [TreeName]
  private let revisions: [Area: Int]

  /// Throws `refused` unless `release` is staged.
  package init(_ record: ReleaseRecord) throws {
    switch record.state {
    case .staged: break
    case .published, .current, .superseded, .archived:
      throw record.refusal("it is \(record.state.rawValue) already", "Nothing is left to publish")
    case .composing, .abandoned:
      throw record.refusal(
        "it is \(record.state.rawValue)", "Compose it first: epel-compose compose \(record.id)")
    }
    release = record.id
    trees = record.trees.map(\.name)
    revisions = Dictionary(record.trees.map { ($0.name.area, $0.revision) }) { first, _ in first }
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees
  }

  package func preflight(in stream: StreamContext) throws {
    let preflight = Preflight(stream: stream)
    for tree in trees {
      try preflight.requireFree(
        tree.path, below: stream.locations.public, "something is there already")
    }
    let records = try stream.release(release).trees
    for tree in records { try stream.locations.open(tree).requireNothingUnknown() }
    try preflight.checkRemoval(of: trees.map(\.path), from: stream.locations.staging)
    try preflight.checkCopy(of: records, to: stream.locations.public)
    try TestRepository(stream: stream, release: release).requireReplaceable()
  }

  package var title: String { "publish \(release)" }
  package var summary: String { "published \(trees.map(\.description).joined(separator: ", "))" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    trees.map { tree in
      MoveTree(
        tree: tree, source: (stream.locations.staging, tree.path),
        target: (stream.locations.public, tree.path))
    } + [try TestRepository(stream: stream, release: release).removing()]
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    // Once a tree has its public name, mirrors may have seen it.
    let root = try Directory.openIfPresent(root: stream.locations.public)
    for tree in trees where try root?.status(of: tree.path) != nil { return nil }
    for tree in trees { try root?.removeTree(TreeCopy.unfinishedPath(of: tree.path)) }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let root = try Directory.open(root: stream.locations.public)
    let records = try trees.map { tree in
      try TreeRecord(
        of: tree, at: .public, directory: root.open(tree.path), revision: revisions[tree.area] ?? 0)
    }
    let (release, now) = (release, stream.time.now)
    return { change in
      for record in records { try change.setTree(record) }
      try change.setState(.published, of: release, at: now)
    }
  }
}
