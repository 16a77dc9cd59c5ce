import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel

/// Gives a tree its name: one rename where both places are on one device,
/// else a verified copy that takes the name when it is complete.
struct MoveTree: Step {
  let tree: TreeName
  /// Root and path below it.
  let source: (root: String, path: RelativePath)
  let target: (root: String, path: RelativePath)

  var title: String { "move \(source.root)/\(source.path) to \(target.root)/\(target.path)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard let root = try Directory.openIfPresent(root: target.root),
      try root.status(of: target.path) != nil
    else { return false }
    return try RemoveTree(root: source.root, path: source.path).isDone(in: stream)
  }

  func perform(in stream: StreamContext) throws {
    let from = try Directory.open(root: source.root)
    let to = try Directory.create(root: target.root)
    if try from.status(of: source.path) == nil {
      // What is left of an original that was being removed.
      if try to.status(of: target.path) != nil { return try from.removeTree(source.path) }
      throw ComposeError(
        .inputOutput, "\(source.root)/\(source.path)", "the tree is not there",
        remedy: "Restore it, then run the command again")
    }
    if try to.status(of: target.path) == nil {
      if try from.move(source.path, to: to, target.path) {
        // It could not be renamed when an earlier try began to copy.
        let unfinished = try TreeCopy.unfinishedPath(of: target.path)
        if try to.status(of: unfinished) != nil { try to.removeTree(unfinished) }
        return
      }
      try copy(from: from, to: to, in: stream)
    }
    try requireSameManifest(from, to)
    try from.removeTree(source.path)
  }

  /// The copy is complete before the original goes.
  private func requireSameManifest(_ from: Directory, _ to: Directory) throws {
    let original = try from.open(source.path).manifest().checksum
    let copy = try? to.open(target.path).manifest().checksum
    guard original == copy else {
      throw ComposeError(
        .cannotCreate, "\(target.root)/\(target.path)", "another tree is there",
        remedy: "Move it away, then run the command again; the original is untouched")
    }
  }

  private func copy(from: Directory, to: Directory, in stream: StreamContext) throws {
    try TreeCopy(
      source: from.open(source.path), root: to, path: target.path,
      twins: stream.policy.twins(of: tree), held: stream.treeFiles(for: to),
      library: stream.library,
      activity: stream.activity
    ).perform()
  }
}
