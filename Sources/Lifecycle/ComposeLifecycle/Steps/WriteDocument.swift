import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel

/// Writes a document below a root.
struct WriteDocument: Step {
  let root: String
  let path: RelativePath
  let contents: [UInt8]

  var title: String { "write \(root)/\(path)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard let directory = try Directory.openIfPresent(root: root),
      try directory.status(of: path)?.kind == .file
    else { return false }
    return try directory.openFile(path).contents(limit: 1 << 24) == contents
  }

  func perform(in stream: StreamContext) throws {
    try Directory.create(root: root).replaceFile(path, with: contents)
  }
}

/// Removes a document below a root.
struct RemoveDocument: Step {
  let root: String
  let path: RelativePath

  var title: String { "remove \(root)/\(path)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    try Directory.openIfPresent(root: root)?.status(of: path) == nil
  }

  func perform(in stream: StreamContext) throws {
    let directory = try Directory.open(root: root)
    try directory.removeFile(path.name)
    try directory.sync()
  }
}
