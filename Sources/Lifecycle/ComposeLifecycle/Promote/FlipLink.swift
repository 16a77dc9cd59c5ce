import ComposeStream
import DurableFiles
import ReleaseModel

/// Points one link to a new target by one rename.
struct FlipLink: Step, Codable {
  let path: RelativePath
  /// What it points to now; nil where it is not there yet.
  let old: String?
  let new: String

  var title: String { "link \(path) -> \(new)" + (old.map { " (now \($0))" } ?? "") }

  func isDone(in stream: StreamContext) throws -> Bool {
    try Directory.openIfPresent(root: stream.locations.public)?.linkTarget(of: path) == new
  }

  func perform(in stream: StreamContext) throws {
    let root = try Directory.open(root: stream.locations.public)
    let found = try root.linkTarget(of: path)
    guard found == old else {
      throw ComposeError(
        .refused, "\(stream.locations.public)/\(path)",
        "it points to '\(found?.sanitizedForDisplay ?? "nothing")', "
          + "neither to the old target '\(old ?? "nothing")' nor to the new one '\(new)'",
        remedy: "Find out who changed it, and put the old target back; it was left alone")
    }
    try root.flipLink(path, to: new)
  }
}
