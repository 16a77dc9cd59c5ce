import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel

/// Removes a tree below a root: it loses its name first, so that no reader
/// meets half of it.
struct RemoveTree: Step {
  let root: String
  let path: RelativePath

  var title: String { "remove \(root)/\(path)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard let directory = try Directory.openIfPresent(root: root) else { return true }
    let trash = path.sibling(named: Directory.temporaryPrefix + "trash-" + path.name)
    return try directory.status(of: path) == nil
      && trash.map { try directory.status(of: $0) == nil } ?? true
  }

  func perform(in stream: StreamContext) throws {
    try Directory.openIfPresent(root: root)?.removeTree(path)
  }
}
