import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel

/// A link below the archive root, at the path and with the target that it has below the public
/// one: so that redirects of old addresses lead somewhere.
struct ArchiveLink: Step {
  let path: RelativePath
  let target: String

  var title: String { "link \(path) -> \(target) in the archive" }

  func isDone(in stream: StreamContext) throws -> Bool {
    try Directory.openIfPresent(root: stream.locations.archive)?.linkTarget(of: path) == target
  }

  func perform(in stream: StreamContext) throws {
    try Directory.create(root: stream.locations.archive).flipLink(path, to: target)
  }

  /// Throws `cannotCreate` where something else has its name.
  func requireRoom(in stream: StreamContext) throws {
    guard let root = try Directory.openIfPresent(root: stream.locations.archive),
      try root.status(of: path) != nil, try root.linkTarget(of: path) != target
    else { return }
    throw ComposeError(
      .cannotCreate, "\(stream.locations.archive)/\(path)", "something else is there",
      remedy: "Look at what is there, and move it away")
  }
}

/// Removes a link, if it is the one that it should be.
struct RemoveLink: Step {
  let root: String
  let path: RelativePath
  let target: String

  var title: String { "remove the link \(root)/\(path) -> \(target)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    try Directory.openIfPresent(root: root)?.status(of: path) == nil
  }

  func perform(in stream: StreamContext) throws {
    let directory = try Directory.open(root: root)
    let found = try directory.linkTarget(of: path)
    guard found == target else {
      throw ComposeError(
        .refused, "\(root)/\(path)",
        "it is " + (found.map { "a link to '\($0.sanitizedForDisplay)'" } ?? "no link")
          + ", not one to '\(target)'",
        remedy: "Find out who changed it, and put it back; it was left alone")
    }
    let parent = try path.parent.map { try directory.open($0) } ?? directory
    try parent.removeFile(path.name)
    try parent.sync()
  }
}

extension StreamContext {
  /// Each link of the policy that leads to `release` and has its target, constant ones first.
  func links(to release: ReleaseID) throws -> [(path: RelativePath, target: String)] {
    let linked = try linkedReleases()
    let links = policy.links.filter { linked.release(of: $0) == release }
    return (links.filter { !$0.moves } + links.filter(\.moves)).map {
      ($0.path, $0.target.filled(release: release))
    }
  }
}
