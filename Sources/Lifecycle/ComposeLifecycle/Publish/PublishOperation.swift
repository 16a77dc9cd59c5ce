import ComposeChecks
package import ComposeStream
package import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Makes the staged trees visible under their public paths; links stay.
///
/// What clients of the current release may still ask for comes along, so that mirrors have it
/// long before the link moves.
package struct PublishOperation: Operation {
  package static let kind = OperationKind.publish

  package let release: ReleaseID
  private let trees: [TreeName]
  private let revisions: [Area: Int]
  /// Files of the current release; nil in the journal of an older version.
  private let carries: [CarryOver]?
  /// Where something was pushed into the current release since this one was composed; nil in
  /// the journal of an older version.
  private var refreshes: [RefreshRevision]?

  /// Throws `refused` unless `release` is staged, and where the current release is not as it
  /// was recorded.
  package init(_ record: ReleaseRecord, in stream: StreamContext) throws {
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
    // Where something is wrong with the current one, the operation that needs it says so.
    let current = try stream.ledger.currentRelease().flatMap { current in
      current.id < record.id && (try? stream.requireAsRecorded(current.trees)) != nil
        ? current : nil
    }
    // What is compared with the current one must be there itself.
    if current != nil { try stream.requireAsRecorded(record.trees) }
    carries =
      try current.map {
        try CarryOver.all(from: $0, to: record, staged: stream.locations.staging, in: stream)
      } ?? []
    refreshes =
      try current.map { try RefreshRevision.all(of: record, after: $0, in: stream) }
      ?? RefreshRevision.signing(record.trees, in: stream)
  }

  package func reach(in stream: StreamContext) throws -> [TreeName: TreeGeneration] {
    (refreshes ?? []).reach
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees + (carries ?? []).sources(in: stream)
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
    try (refreshes ?? []).requireSigner(in: stream)
  }

  package mutating func sign(in stream: StreamContext) throws {
    refreshes = try refreshes?.signed(after: carries ?? [], in: stream)
  }

  package var title: String { "publish \(release)" }
  package var summary: String { "published \(trees.map(\.description).joined(separator: ", "))" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    trees.map { tree in
      MoveTree(
        tree: tree, source: (stream.locations.staging, tree.path),
        target: (stream.locations.public, tree.path))
    } + (carries ?? []) + (refreshes ?? []) + [
      try TestRepository(stream: stream, release: release).removing()
    ]
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
    let files = try (carries ?? []).unlistedFiles(in: stream)
    let unlisted = Dictionary(files) { first, _ in first }
    let records = try trees.map { tree in
      let renewed = (refreshes ?? []).first { $0.tree == tree }?.revision
      return try TreeRecord(
        of: tree, at: .public, directory: root.open(tree.path),
        revision: renewed ?? revisions[tree.area] ?? 0, unlisted: unlisted[tree] ?? [])
    }
    let (release, now) = (release, stream.time.now)
    return { change in
      // What was checked is there; what came along is listed by nothing.
      for record in records { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
      try change.setState(.published, of: release, at: now)
    }
  }
}
