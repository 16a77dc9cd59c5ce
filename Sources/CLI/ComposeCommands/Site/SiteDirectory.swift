import ComposeSite
import DurableFiles
import ReleaseModel

/// The directory that the pages are in: only what has changed is written, and
/// what is not made any more goes.
///
/// Every file is replaced in one instant, all of them after everything that is new
/// is durable. A list names the files that are ours, before the first of them is
/// there: a run that was interrupted anywhere is taken up by the next, which leaves
/// what an undisturbed one leaves.
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

  /// What a run finds.
  private struct Found {
    /// Files of ours, as the list names them.
    var files: [RelativePath] = []
    /// What an interrupted run left of files that it had not finished.
    var unfinished: [RelativePath] = []
  }

  /// Throws `cannotCreate` where the directory has something in it that is not
  /// a site of ours, `locked` where another run is at work in it.
  func write(_ files: [SiteFile], dryRun: Bool) throws -> Outcome {
    let opened = try Directory.openIfPresent(root: path)
    let lock = dryRun ? nil : try opened?.lock()
    defer { withExtendedLifetime(lock) {} }
    let paths = try files.map { try RelativePath.of($0.path) }
    let found = try opened.map { try find(in: $0, making: paths) } ?? Found()
    let changed = try zip(files, paths).filter { file, path in
      guard let opened, let status = try opened.status(of: path), status.kind == .file,
        status.size == file.contents.count
      else { return true }
      return try opened.openFile(path).contents(limit: 1 << 30) != file.contents
    }
    let stale = Set(found.files).subtracting(paths).sorted()
    let outcome = Outcome(files: files.count, written: changed.count, removed: stale.count)
    for (_, path) in changed {
      guard let status = try opened?.status(of: path), status.kind != .file else { continue }
      throw ComposeError(
        .cannotCreate, "\(self.path)/\(path)".sanitizedForDisplay, "it is not a regular file",
        remedy: "Look at what is there, and move it away")
    }
    if !changed.isEmpty { try Directory.openNearest(to: path).requireWritable(toMake: path) }
    if dryRun || (changed.isEmpty && stale.isEmpty && found.unfinished.isEmpty) { return outcome }
    let root = try opened ?? Directory.create(root: path)
    let made = opened == nil ? try root.lock() : nil
    defer { withExtendedLifetime(made) {} }
    for path in found.unfinished { try parent(of: path, in: root)?.removeFile(path.name) }
    try writeList(Set(paths).union(found.files), in: root)
    try write(changed.map { ($0.0.contents, $0.1) }, into: root)
    for path in stale { try parent(of: path, in: root)?.removeFile(path.name) }
    try root.removeEmptyDirectories(above: stale)
    try writeList(Set(paths), in: root)
    return outcome
  }

  private func writeList(_ paths: Set<RelativePath>, in root: Directory) throws {
    try root.replaceFile(
      RelativePath.of(Self.listName), with: Array(paths.sorted().map { "\($0)\n" }.joined().utf8))
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
    var begun: [RelativePath] = []
    do {
      for (contents, path) in files {
        try Interruption.check(remaining: "writing the site")
        let temporary = Directory.temporaryPrefix + path.name
        let directory = try place(path)
        try directory.removeFile(temporary)
        begun.append(path)
        let file = try directory.createFile(temporary)
        try contents.withUnsafeBytes { try file.write($0) }
      }
      try root.syncFileSystem()
      for (_, path) in files {
        try place(path).replace(path.name, with: Directory.temporaryPrefix + path.name)
      }
      try root.syncFileSystem()
    } catch {
      // A web server would serve what is unfinished.
      for path in begun { _ = try? place(path).removeFile(Directory.temporaryPrefix + path.name) }
      throw error
    }
  }

  private func parent(of path: RelativePath, in root: Directory) throws -> Directory? {
    try path.parent.map { try root.openIfPresent($0) } ?? root
  }

  // MARK: What is there

  private func find(in directory: Directory, making paths: [RelativePath]) throws -> Found {
    let list = try RelativePath.of(Self.listName)
    guard try directory.status(of: list)?.kind == .file else {
      // The list comes first, and it can be interrupted, too.
      let unfinished = Directory.temporaryPrefix + Self.listName
      guard try directory.names().allSatisfy({ $0 == unfinished }) else {
        throw ComposeError(
          .cannotCreate, path.sanitizedForDisplay, "it has other files in it",
          remedy: "Name a directory of its own; it is made where it is missing")
      }
      return Found()
    }
    let text = String(
      decoding: try directory.openFile(list).contents(limit: 1 << 26), as: UTF8.self)
    let files = try text.split(separator: "\n").map { try RelativePath.of(String($0)) }
    let names = Dictionary(grouping: Set(files).union(paths), by: \.parent)
    var unfinished: [RelativePath] = []
    for (parent, paths) in names {
      guard let place = try parent.map({ try directory.openIfPresent($0) }) ?? directory else {
        continue
      }
      let known = Set(paths.map { Directory.temporaryPrefix + $0.name })
      for name in try place.names() where known.contains(name) {
        let name = try RelativePath.of(name)
        unfinished.append(parent.map { $0.appending(name) } ?? name)
      }
    }
    return Found(files: files, unfinished: unfinished.sorted())
  }
}
