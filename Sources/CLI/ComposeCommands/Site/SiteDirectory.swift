import ComposeSite
import DurableFiles
import ReleaseModel

/// The directory that the pages are in: only what has changed is written, and
/// what is not made any more goes.
struct SiteDirectory {
  /// Absolute path.
  let path: String

  /// Lists the files that are ours: nothing else is ever removed.
  private static let listName = ".epel-compose-site"

  struct Outcome: Hashable, Sendable {
    var files = 0
    var written = 0
    var removed = 0
  }

  /// Throws `cannotCreate` where the directory has something in it that is not
  /// a site of ours.
  func write(_ files: [SiteFile], dryRun: Bool) throws -> Outcome {
    let former = try formerFiles()
    let opened = try Directory.openIfPresent(root: path)
    let paths = try files.map { try RelativePath.of($0.path) }
    let changed = try zip(files, paths).filter { file, path in
      guard let opened, let status = try opened.status(of: path), status.kind == .file,
        status.size == file.contents.count
      else { return true }
      return try opened.openFile(path).contents(limit: 1 << 30) != file.contents
    }
    let stale = Set(former).subtracting(paths).sorted()
    let outcome = Outcome(files: files.count, written: changed.count, removed: stale.count)
    if dryRun || (changed.isEmpty && stale.isEmpty) { return outcome }
    let root = try Directory.create(root: path)
    // Write the list first: after an interruption, every file that was written
    // is known to belong to the site.
    try root.replaceFile(
      RelativePath.of(Self.listName),
      with: Array((Set(paths).union(former).sorted().map { "\($0)\n" }.joined()).utf8))
    try write(changed.map { ($0.0.contents, $0.1) }, into: root)
    for path in stale {
      guard let parent = try path.parent.map({ try root.openIfPresent($0) }) ?? root else {
        continue
      }
      try parent.removeFile(path.name)
    }
    try root.replaceFile(
      RelativePath.of(Self.listName),
      with: Array((paths.sorted().map { "\($0)\n" }.joined()).utf8))
    return outcome
  }

  /// Thousands of small files: they are flushed together, and take their names
  /// afterwards.
  private func write(
    _ files: [(contents: [UInt8], path: RelativePath)], into root: Directory
  ) throws {
    var places: [RelativePath: Directory] = [:]
    func place(_ path: RelativePath) throws -> Directory {
      guard let parent = path.parent else { return root }
      if let known = places[parent] { return known }
      let made = try root.makeDirectories(parent, durably: false)
      places[parent] = made
      return made
    }
    for (contents, path) in files {
      try Interruption.check(remaining: "writing the site")
      let temporary = Directory.temporaryPrefix + path.name
      let directory = try place(path)
      try directory.removeFile(temporary)
      let file = try directory.createFile(temporary)
      try contents.withUnsafeBytes { try file.write($0) }
    }
    try root.syncFileSystem()
    for (_, path) in files {
      try place(path).replace(path.name, with: Directory.temporaryPrefix + path.name)
    }
    try root.syncFileSystem()
  }

  private func formerFiles() throws -> [RelativePath] {
    guard let directory = try Directory.openIfPresent(root: path) else { return [] }
    let list = try RelativePath.of(Self.listName)
    if try directory.status(of: list)?.kind == .file {
      let text = String(
        decoding: try directory.openFile(list).contents(limit: 1 << 26), as: UTF8.self)
      return try text.split(separator: "\n").map { try RelativePath.of(String($0)) }
    }
    guard try directory.names().isEmpty else {
      throw ComposeError(
        .cannotCreate, path.sanitizedForDisplay, "it has other files in it",
        remedy: "Name a directory of its own; it is made where it is missing")
    }
    return []
  }
}
