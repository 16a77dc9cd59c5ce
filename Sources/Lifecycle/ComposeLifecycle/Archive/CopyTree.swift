import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Puts a verified second tree below another root, at the same path.
struct CopyTree: Step {
  let tree: TreeName
  let title: String
  /// Paths of the roots.
  let source: String
  let target: String

  /// From the public root to the archive root.
  static func archiving(_ tree: TreeName, in stream: StreamContext) -> CopyTree {
    CopyTree(
      tree: tree, title: "archive \(tree)", source: stream.locations.public,
      target: stream.locations.archive)
  }

  /// The way back.
  static func restoring(_ tree: TreeName, in stream: StreamContext) -> CopyTree {
    CopyTree(
      tree: tree, title: "restore \(tree) from the archive", source: stream.locations.archive,
      target: stream.locations.public)
  }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard let root = try Directory.openIfPresent(root: target),
      try root.status(of: tree.path) != nil
    else { return false }
    let original = try Directory.open(root: source).open(tree.path)
    guard try root.open(tree.path).manifest().checksum == original.manifest().checksum else {
      throw ComposeError(
        .cannotCreate, "\(target)/\(tree)", "another tree is there",
        remedy: "Move it away, then run the command again; the original is untouched")
    }
    return true
  }

  func perform(in stream: StreamContext) throws {
    let original = try Directory.open(root: source).open(tree.path)
    let root = try Directory.create(root: target)
    try TreeCopy(
      source: original, root: root, path: tree.path, twins: stream.policy.twins(of: tree),
      held: stream.treeFiles(for: root),
      library: stream.library,
      activity: stream.activity
    ).perform()
  }
}

/// Reads the archived tree from the device and compares every file with the
/// manifest: the last thing before an original goes.
struct VerifyArchive: Step {
  let tree: TreeName

  var title: String { "read the archived \(tree) and compare every file" }

  func isDone(in stream: StreamContext) throws -> Bool {
    // Nothing records it: where the original is still there, it is read again.
    try Directory.openIfPresent(root: stream.locations.public)?.status(of: tree.path) == nil
  }

  func perform(in stream: StreamContext) throws {
    let archived = try Directory.open(root: stream.locations.archive).open(tree.path)
    let recorded = try stream.ledger.release(tree.release)?.tree(tree.area)?.manifest
    let findings = try TreeVerification(activity: stream.activity).findings(
      in: archived, recorded: recorded, fromDevice: true)
    guard let first = findings.first else { return }
    throw ComposeError(
      .badData, "\(stream.locations.archive)/\(tree)", first.message,
      remedy: "Restore the archive; the original was kept", findings: findings)
  }
}
