import ComposeChecks
import ComposePlanning
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// Changes what a tree lists that users are reading: new files first, then
/// repomd.xml, then the manifest. Nothing that a client may still ask for goes.
struct PushBuilds: Step {
  let tree: TreeName
  let serial: Int
  let builds: [Build]
  /// RPMs that are not listed any more.
  var unlisting: [UnlistedFile] = []
  /// RPMs that are in the tree and are listed again.
  var relisting: [UnlistedFile] = []
  var documents = TreeDocuments.none
  let revision: Int
  /// Of the indexes that it writes; nil where they are not signed.
  var signatures: IndexSignatures?
  /// Documents that were made to be judged; nil where the push is finished by another process.
  var prepared: PreparedDocuments?

  var title: String {
    let parts =
      ["push \(builds.count.counted("build")) into \(tree)"]
      + (unlisting.isEmpty ? [] : ["take \(unlisting.count.counted("RPM")) out of its lists"])
      + (relisting.isEmpty ? [] : ["list \(relisting.count.counted("RPM")) again"])
    return parts.joined(separator: ", ")
  }

  func isDone(in stream: StreamContext) throws -> Bool {
    let directory = try directory(stream)
    let manifest = try directory.manifest().manifest
    var pushed = TreeContents(repositories: assignment(stream).paths)
    try pushed.add(builds, by: assignment(stream))
    guard pushed.files.allSatisfy({ manifest.checksums[$0.key] == $0.value }) else { return false }
    return try RefreshRevision(tree: tree, revision: revision, signatures: signatures)
      .isDone(in: stream)
  }

  func perform(in stream: StreamContext) throws {
    let directory = try directory(stream)
    var manifest = try directory.manifest().manifest
    let assignment = assignment(stream)
    let placed = try PackagePlacer(
      tree: directory, assignment: assignment, library: stream.library, isUnfinished: false,
      held: stream.treeFiles(for: directory),
      activity: stream.activity
    ).place(builds)
    manifest = try PushMetadata(
      step: self, stream: stream, files: TreeFiles(directory), manifest: manifest,
      prepared: prepared
    ).write(placed: placed, into: directory).manifest
    try directory.write(manifest, signedBy: stream.signer)
    try directory.syncFileSystem()
  }

  /// Whether any repository shows the push already: then it must be finished.
  func isVisible(in stream: StreamContext) throws -> Bool {
    let directory = try directory(stream)
    // A repository that the push brings along counts only with those that
    // users know: nobody asks for it yet.
    return try stream.repositories(of: tree, directory.manifest().manifest).contains { repository in
      try directory.repomd(of: repository).revision == revision
    }
  }

  /// Removes what ``perform(at:)`` added before it became visible: the files
  /// of the push and metadata that the manifest does not know. Anything else
  /// is left alone.
  func removeAdded(in stream: StreamContext) throws {
    let directory = try directory(stream)
    let manifest = try directory.manifest().manifest
    let assignment = assignment(stream)
    var pushed = TreeContents(repositories: assignment.paths)
    try pushed.add(builds, by: assignment)
    for (path, checksum) in pushed.files.sorted(by: { $0.key < $1.key }) {
      // A file that the push did not make and that has the name is not removed.
      if manifest.checksums[path] == nil, try directory.status(of: path)?.kind == .file,
        try directory.openFile(path).sha256() == checksum
      {
        try directory.removeFileIfPresent(path)
      }
      if let unfinished = path.sibling(named: Directory.temporaryPrefix + path.name) {
        try directory.removeFileIfPresent(unfinished)
      }
    }
    let repositories = Set(assignment.paths).union(manifest.repositories).sorted()
    for repository in repositories {
      let repodata = repository.appending(try RelativePath.of("repodata"))
      guard try directory.status(of: repodata) != nil else { continue }
      for name in try directory.open(repodata).names() where Self.isOurs(name) {
        let path = repodata.appending(try RelativePath.of(name))
        if manifest.checksums[path] == nil { try directory.removeFileIfPresent(path) }
      }
    }
    try directory.syncFileSystem()
  }

  /// Unfinished files, metadata named by checksum, and repomd.xml with its signature, which
  /// stay where the manifest knows them.
  private static func isOurs(_ name: String) -> Bool {
    RepositoryMetadata.indexNames.contains(name) || name.hasPrefix(Directory.temporaryPrefix)
      || Checksum(hex: String(name.prefix(64))) != nil
  }

  private func directory(_ stream: StreamContext) throws -> Directory {
    try Directory.open(root: stream.locations.public).open(tree.path)
  }

  private func assignment(_ stream: StreamContext) -> RepositoryAssignment {
    RepositoryAssignment(policy: stream.policy)
  }
}

extension Directory {
  fileprivate func removeFileIfPresent(_ path: RelativePath) throws {
    guard try status(of: path) != nil else { return }
    let parent = try path.parent.map { try open($0) } ?? self
    try parent.removeFile(path.name)
  }
}
