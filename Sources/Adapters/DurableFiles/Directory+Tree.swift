package import ReleaseModel

extension Directory {
  /// One thing in a tree.
  package struct TreeEntry: Hashable, Sendable {
    /// Relative to the directory that was walked.
    package let path: RelativePath
    /// As `lstat` had it during the walk: links are not followed.
    package let status: FileStatus

    /// For tests, and for entries that somebody has looked at in another way.
    package init(path: RelativePath, status: FileStatus) {
      self.path = path
      self.status = status
    }
  }

  /// Everything below this directory except directories, sorted by path.
  /// Links are listed and never followed.
  ///
  /// - Parameter skippingOdd: leave out names that are not printable UTF-8,
  ///   instead of throwing `badData`.
  package func walk(skippingOdd: Bool = false) throws -> [TreeEntry] {
    try walkAll(skippingOdd: skippingOdd).filter { $0.status.kind != .directory }
  }

  /// The same with directories, each before what it holds.
  package func walkAll(skippingOdd: Bool = false) throws -> [TreeEntry] {
    try walk(prefix: nil, depth: 0, skippingOdd, threads: Concurrently.processors)
  }

  /// - Parameter threads: how many look at directories side by side, from the
  ///   first one that holds several.
  private func walk(
    prefix: RelativePath?, depth: Int, _ skippingOdd: Bool, threads: Int
  ) throws -> [TreeEntry] {
    try requireDepth(depth)
    let children = try names(skippingOdd: skippingOdd).compactMap { name -> TreeEntry? in
      guard let child = RelativePath(name), let status = try status(named: name) else { return nil }
      return TreeEntry(path: prefix.map { $0.appending(child) } ?? child, status: status)
    }
    let directories = children.filter { $0.status.kind == .directory }
    if directories.isEmpty { return children }
    let below = try Concurrently.map(directories, threads: threads) { entry in
      try open(RelativePath.of(entry.path.name)).walk(
        prefix: entry.path, depth: depth + 1, skippingOdd,
        threads: directories.count > 1 ? 1 : threads)
    }
    var entries: [TreeEntry] = []
    var rest = below[...]
    for child in children {
      entries.append(child)
      if child.status.kind == .directory { entries += rest.popFirst() ?? [] }
    }
    return entries
  }

  /// Removes the tree `path`: first renamed to a temporary name, so that no
  /// reader finds half of it under its own, then emptied by descriptor.
  /// Does nothing where there is no such tree.
  package func removeTree(_ path: RelativePath) throws {
    guard let parent = try path.parent.map({ try openIfPresent($0) }) ?? self else { return }
    let trash = Self.temporaryPrefix + "trash-" + path.name
    if try parent.status(of: RelativePath.of(path.name)) != nil {
      try parent.removeDirectoryTree(trash, depth: 0)
      try parent.replace(trash, with: path.name)
      try parent.sync()
    }
    try parent.removeDirectoryTree(trash, depth: 0)
    try parent.sync()
  }

  /// Removes the directories above `paths`, which were removed, as far as they are
  /// empty; the innermost first.
  ///
  /// - Parameter kept: directories that stay though they are empty.
  package func removeEmptyDirectories(
    above paths: some Sequence<RelativePath>, keeping kept: Set<RelativePath> = []
  ) throws {
    var places: Set<RelativePath> = []
    for path in paths {
      var above = path.parent
      while let place = above, places.insert(place).inserted { above = place.parent }
    }
    for place in places.subtracting(kept).sorted(by: { $0.components.count > $1.components.count })
    {
      let parent = try place.parent.map { try openIfPresent($0) } ?? self
      try parent?.removeDirectoryIfEmpty(place.name)
    }
  }

  /// Directories inside of each other, of which each takes a descriptor and a part of
  /// the stack: far more than any tree or pool has.
  private static let deepest = 200

  private func requireDepth(_ depth: Int) throws {
    guard depth < Self.deepest else {
      throw ComposeError(
        .badData, String(path.prefix(200)).sanitizedForDisplay + "…",
        "directories nest there more than \(Self.deepest) deep", remedy: "Move them away")
    }
  }

  private func removeDirectoryTree(_ name: String, depth: Int) throws {
    try requireDepth(depth)
    let path = try RelativePath.of(name)
    guard try status(of: path) != nil else { return }
    let directory = try open(path)
    for child in try directory.names() {
      try Interruption.check(remaining: "removing \(directory.path)")
      if try directory.status(of: RelativePath.of(child))?.kind == .directory {
        try directory.removeDirectoryTree(child, depth: depth + 1)
      } else {
        try directory.removeFile(child)
      }
    }
    try removeEmptyDirectory(name)
  }
}
