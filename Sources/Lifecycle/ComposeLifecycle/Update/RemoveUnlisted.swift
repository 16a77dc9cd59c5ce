import ComposeChecks
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel

/// Removes files of a tree that nothing has led to for longer than any client
/// asks for them.
struct RemoveUnlisted: Step, Codable {
  let tree: TreeName
  /// Below the tree.
  let paths: [RelativePath]

  var title: String { "remove \(paths.count.counted("file")) not listed any more from \(tree)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    let directory = try directory(stream)
    return try superfluous(in: directory, directory.manifest().manifest).isEmpty
  }

  func perform(in stream: StreamContext) throws {
    let directory = try directory(stream)
    var manifest = try directory.manifest().manifest
    let superfluous = try superfluous(in: directory, manifest)
    for path in superfluous {
      try Interruption.check(remaining: title)
      let parent = try path.parent.map { try directory.openIfPresent($0) } ?? directory
      try parent?.removeFile(path.name)
      manifest[path] = nil
    }
    // Of a repository that stays, only what is below its Packages.
    let kept = Set(
      try manifest.repositories.flatMap { repository in
        [repository, repository.appending(try RelativePath.of("Packages"))]
      })
    try directory.removeEmptyDirectories(above: superfluous, keeping: kept)
    // Removals are durable before the manifest drops their names: after a power
    // cut, a file that is there again but in no manifest would count as one that
    // this program did not make.
    try directory.syncFileSystem()
    try directory.write(manifest, signedBy: stream.signer)
  }

  /// What is there still, and is not named again by what was pushed just before.
  private func superfluous(in directory: Directory, _ manifest: Manifest) throws -> [RelativePath] {
    let named = try directory.metadata(manifest, without: paths.carriedRepositories).named
    let statuses = try directory.statuses(of: paths)
    let found = zip(paths, statuses).filter { path, status in
      (status != nil || manifest.checksums[path] != nil) && !named.contains(path)
    }.map(\.0)
    // What leads to others goes before them.
    return found.filter { $0.name == "repomd.xml" } + found.filter { $0.name != "repomd.xml" }
  }

  private func directory(_ stream: StreamContext) throws -> Directory {
    try Directory.open(root: stream.locations.public).open(tree.path)
  }
}
