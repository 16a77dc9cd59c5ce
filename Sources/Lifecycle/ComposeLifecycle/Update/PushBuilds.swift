import ComposeStream
import ComposeTrees
import ComposeChecks
import ComposeStream
import ComposeTrees
import ComposePlanning
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

  var title: String {
    let parts =
      ["push \(builds.count) builds into \(tree)"]
      + (unlisting.isEmpty ? [] : ["take \(unlisting.count) RPMs out of its lists"])
      + (relisting.isEmpty ? [] : ["list \(relisting.count) RPMs again"])
    return parts.joined(separator: ", ")
  }

  func isDone(in stream: StreamContext) throws -> Bool {
    let directory = try directory(stream)
    let manifest = try directory.manifest().manifest
    var pushed = TreeContents(repositories: assignment(stream).paths)
    try pushed.add(builds, by: assignment(stream))
    guard pushed.files.allSatisfy({ manifest.checksums[$0.key] == $0.value }) else { return false }
    return try RefreshRevision(tree: tree, revision: revision).isDone(in: stream)
  }

  func perform(in stream: StreamContext) throws {
    let directory = try directory(stream)
    var manifest = try directory.manifest().manifest
    let assignment = assignment(stream)
    let placed = try PackagePlacer(
      tree: directory, assignment: assignment, library: stream.library, isUnfinished: false,
      activity: stream.activity
    ).place(builds)
    let own = try stream.repositories(of: tree, manifest)
    let repositories = Set(assignment.paths).union(own).sorted()
    var contents = TreeContents(repositories: repositories)
    contents.add(manifest)
    let listedAgain = Set(relisting.map(\.path))
    contents.remove(
      try stream.ledger.unlistedFiles(of: tree).map(\.path).filter { !listedAgain.contains($0) }
        + unlisting.map(\.path))
    try contents.add(builds, by: assignment)
    let listed = try contents.builds(in: directory, by: stream.library)
    let metadata = RepositoryMetadata(
      tree: directory, library: stream.library, form: stream.policy.metadataForm,
      activity: stream.activity)
    var records = try untouched(by: assignment, among: repositories, of: directory, manifest)
    contents.repositories = contents.repositories.filter { records[$0.key] == nil }
    records.merge(try metadata.write(contents)) { first, _ in first }
    records.merge(
      try SupplementaryMetadata(policy: stream.policy, documents: documents).write(
        for: repositories, listing: listed, into: directory)
    ) { $0 + $1 }
    try metadata.publish(records, revision: revision)
    manifest.checksums.merge(placed) { _, new in new }
    try manifest.add(records, of: directory)
    if let identity = try directory.identity() {
      try ComposeMetadata(policy: stream.policy, tree: tree, identity: identity, push: serial)
        .write(listing: listed, into: directory, &manifest)
    }
    try directory.write(manifest)
    try directory.syncFileSystem()
  }

  /// What repositories list of which the push changes nothing: it stays.
  private func untouched(
    by assignment: RepositoryAssignment, among repositories: [RelativePath], of tree: Directory,
    _ manifest: Manifest
  ) throws -> [RelativePath: [MetadataRecord]] {
    let moved = (unlisting + relisting).compactMap { file in
      repositories.filter { file.path.isWithin($0) }.max {
        $0.description.count < $1.description.count
      }
    }
    let touched = Set(builds.flatMap(\.rpms).flatMap(assignment.repositories) + moved)
    let known = Set(manifest.repositories)
    var records: [RelativePath: [MetadataRecord]] = [:]
    for repository in repositories where known.contains(repository) && !touched.contains(repository)
    {
      records[repository] = try tree.repomd(of: repository).records.filter {
        !SupplementaryDocument.types.contains($0.type)
      }
    }
    return records
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

  /// Unfinished files, metadata named by checksum, and repomd.xml, which stays
  /// where the manifest knows it.
  private static func isOurs(_ name: String) -> Bool {
    name == "repomd.xml" || name.hasPrefix(Directory.temporaryPrefix)
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
