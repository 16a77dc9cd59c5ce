import DurableFiles
import ReleaseModel

/// A complete second tree: hard links on one device, a copy that is read back
/// across devices. It takes its name only when it is complete and durable.
struct TreeCopy {
  let source: Directory
  /// The root of the copy, and its path below it.
  let root: Directory
  let path: RelativePath
  /// Paths of the release's other trees below the same root.
  var twins: [RelativePath] = []
  let activity: any ActivityReporting

  /// Where the copy of a tree grows before it takes its name.
  static func unfinishedPath(of path: RelativePath) throws -> RelativePath {
    let name = Directory.temporaryPrefix + "copy-" + path.name
    return try path.sibling(named: name) ?? RelativePath.of(name)
  }

  /// Links or copies every file of the source's manifest, each one hashed and
  /// compared. Interrupted and called again, it goes on where it stopped.
  func perform() throws {
    let (manifest, checksum) = try source.manifest()
    let temporary = try Self.unfinishedPath(of: path)
    let target = try root.makeDirectories(temporary)
    try TreeLinker(source: source, target: target, twin: twin(), activity: activity).link(
      manifest, verifying: true)
    let manifestFile = try source.openFile(RelativePath.of(Manifest.fileName))
    try target.place(
      VerifiedFile(manifestFile, expecting: checksum), as: Manifest.fileName)
    try target.syncFileSystem()
    _ = try root.move(temporary, to: root, path)
  }

  private func twin() throws -> (tree: Directory, manifest: Manifest)? {
    for path in twins where try root.status(of: path)?.kind == .directory {
      let tree = try root.open(path)
      return (tree, try tree.manifest().manifest)
    }
    return nil
  }
}
