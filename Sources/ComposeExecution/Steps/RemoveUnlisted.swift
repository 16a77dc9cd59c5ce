import DurableFiles
import ReleaseModel

/// Removes files of a tree that nothing has led to for longer than any client
/// asks for them.
struct RemoveUnlisted: Step, Codable {
  let tree: TreeName
  /// Below the tree.
  let paths: [RelativePath]

  var title: String { "remove \(paths.count) files that are not listed any more from \(tree)" }

  func isDone(at site: Site) throws -> Bool {
    let manifest = try directory(site).manifest().manifest
    return paths.allSatisfy { manifest.checksums[$0] == nil }
  }

  func perform(at site: Site) throws {
    let directory = try directory(site)
    var manifest = try directory.manifest().manifest
    for path in paths {
      try Interruption.check(remaining: title)
      // The file first: the next command finds the rest by the manifest.
      let parent = try path.parent.map { try directory.openIfPresent($0) } ?? directory
      try parent?.removeFile(path.name)
      manifest.checksums[path] = nil
    }
    try directory.write(manifest)
    try directory.syncFileSystem()
  }

  private func directory(_ site: Site) throws -> Directory {
    try Directory.open(root: site.locations.public).open(tree.path)
  }
}
