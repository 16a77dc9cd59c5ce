package import DurableFiles
package import PackageLibrary
package import ReleaseModel

/// A complete second tree: hard links on one device, a copy that is read back
/// across devices. It takes its name only when it is complete and durable.
package struct TreeCopy {
  let source: Directory
  /// The root of the copy, and its path below it.
  let root: Directory
  let path: RelativePath
  /// Paths of the release's other trees below the same root.
  var twins: [RelativePath] = []
  /// What trees on the device of the copy have already; nil to copy all.
  var held: TreeFileIndex?
  /// Learns of the RPMs that got further names, so that it knows their contents
  /// by the new times.
  let library: PackageLibrary
  let activity: any ActivityReporting

  /// Nothing is opened or copied yet.
  package init(
    source: Directory, root: Directory, path: RelativePath, twins: [RelativePath] = [],
    held: TreeFileIndex? = nil, library: PackageLibrary, activity: any ActivityReporting
  ) {
    self.source = source
    self.root = root
    self.path = path
    self.twins = twins
    self.held = held
    self.library = library
    self.activity = activity
  }

  /// The name that a copy has until it is complete.
  package static func unfinishedPath(of path: RelativePath) throws -> RelativePath {
    let name = Directory.temporaryPrefix + "copy-" + path.name
    return try path.sibling(named: name) ?? RelativePath.of(name)
  }

  /// Links or copies every file of the source's manifest, each one hashed and
  /// compared. Interrupted and called again, it goes on where it stopped.
  package func perform() throws {
    let before = try source.walk()
    let (manifest, checksum) = try source.manifest()
    let temporary = try Self.unfinishedPath(of: path)
    let target = try root.makeDirectories(temporary)
    // Remove files of an interrupted copy that the source no longer has.
    for path in try target.walk().map(\.path) where manifest.checksums[path] == nil {
      let parent = try path.parent.map { try target.open($0) } ?? target
      try parent.removeFile(path.name)
    }
    try TreeLinker(
      source: source, target: target, twin: twin(), isOurs: true, held: held, library: library,
      activity: activity
    ).link(manifest, verifying: true)
    let manifestFile = try source.openFile(RelativePath.of(Manifest.fileName))
    try target.place(
      VerifiedFile(manifestFile, expecting: checksum, remedy: VerifiedFile.treeRemedy),
      as: Manifest.fileName, isOurs: true)
    let signature = try RelativePath.of(Manifest.signatureName)
    if try source.status(of: signature)?.kind == .file {
      let file = try source.openFile(signature)
      try target.place(
        VerifiedFile(file, expecting: file.sha256(), remedy: VerifiedFile.treeRemedy),
        as: Manifest.signatureName, isOurs: true)
    }
    try target.syncFileSystem()
    try requireUnchanged(since: before)
    _ = try root.move(temporary, to: root, path)
  }

  /// Throws `inputOutput` where somebody has written to the source meanwhile.
  private func requireUnchanged(since before: [Directory.TreeEntry]) throws {
    let after = try source.walk()
    let unchanged = zip(before, after).prefix {
      $0.path == $1.path && $0.status.isUnchanged($1.status)
    }.count
    guard unchanged < max(before.count, after.count) else { return }
    let changed = (unchanged < after.count ? after : before)[unchanged]
    throw ComposeError(
      .inputOutput, "\(source.path)/\(changed.path)", "it changed while the tree was copied",
      remedy: "Find out what writes to it, then run the command again")
  }

  private func twin() throws -> (tree: Directory, manifest: Manifest)? {
    for path in twins where try root.status(of: path)?.kind == .directory {
      let tree = try root.open(path)
      return (tree, try tree.manifest().manifest)
    }
    return nil
  }
}
