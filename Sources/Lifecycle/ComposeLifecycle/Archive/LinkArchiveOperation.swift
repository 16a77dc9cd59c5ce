import ComposeChecks
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Makes files of one archived release that equal files of other archived ones the same file, so
/// that the disk has them once.
package struct LinkArchiveOperation: Operation {
  package static let kind = OperationKind.linkArchive

  package let release: ReleaseID
  private let trees: [TreeName]

  /// Throws `refused` unless `record` is in the archive.
  package init(_ record: ReleaseRecord) throws {
    let archived = record.archivedTrees
    guard !archived.isEmpty else {
      throw record.refusal(
        "it is \(record.state.rawValue), and not in the archive",
        "Archive it first: epel-compose archive \(record.id)")
    }
    release = record.id
    trees = archived.map(\.name)
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).archivedTrees
  }

  package func preflight(in stream: StreamContext) throws {
    for tree in try stream.release(release).archivedTrees {
      try stream.locations.open(tree).requireWritable()
    }
  }

  package var title: String { "link-archive \(release)" }
  package var summary: String { "linked equal files of the archive" }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    try trees.compactMap { tree in
      let equal = try EqualFiles(of: tree, in: stream)
      return equal.isEmpty ? nil : LinkEqualFiles(tree: tree, title: equal.title)
    }
  }

  /// Each name leads to one or the other of two equal files.
  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    { _ in }
  }
}

/// Links what equals files of other archived trees.
struct LinkEqualFiles: Step {
  let tree: TreeName
  let title: String

  func isDone(in stream: StreamContext) throws -> Bool {
    try EqualFiles(of: tree, in: stream).isEmpty
  }

  func perform(in stream: StreamContext) throws {
    let equal = try EqualFiles(of: tree, in: stream)
    stream.activity.begin("Linking files of \(tree)", total: equal.pairs.count, unit: "files")
    defer { stream.activity.end() }
    for pair in equal.pairs {
      try Interruption.check(remaining: title)
      stream.activity.advance(by: 1)
      let kept = try pair.tree.openFile(pair.kept)
      // Read, whatever is known of it: from now on it is all that there is.
      guard let sound = try? VerifiedFile(kept, expecting: pair.checksum) else {
        stream.activity.note("\(kept.path) is damaged: nothing is linked to it")
        continue
      }
      let parent = try pair.path.parent.map { try equal.directory.open($0) } ?? equal.directory
      try parent.replaceFile(named: pair.path.name, with: sound)
    }
    try equal.directory.syncFileSystem()
  }
}
