import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Puts a verified second tree below the archive root, at the same path.
struct CopyToArchive: Step {
  let tree: TreeName

  var title: String { "archive \(tree)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard let archive = try Directory.openIfPresent(root: stream.locations.archive),
      try archive.status(of: tree.path) != nil
    else { return false }
    let original = try Directory.open(root: stream.locations.public).open(tree.path)
    guard try archive.open(tree.path).manifest().checksum == original.manifest().checksum else {
      throw ComposeError(
        .cannotCreate, "\(stream.locations.archive)/\(tree)", "another tree is there",
        remedy: "Move it away, then run the command again; the original is untouched")
    }
    return true
  }

  func perform(in stream: StreamContext) throws {
    let original = try Directory.open(root: stream.locations.public).open(tree.path)
    let archive = try Directory.create(root: stream.locations.archive)
    try TreeCopy(
      source: original, root: archive, path: tree.path, twins: stream.policy.twins(of: tree),
      held: stream.treeFiles(for: archive),
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
