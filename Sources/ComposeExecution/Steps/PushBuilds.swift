import ComposePolicy
import ComposePlanning
import DurableFiles
import ReleaseModel
import RepoMetadata

/// Adds builds to a tree that users are reading: new files first, then
/// repomd.xml, then the manifest.
struct PushBuilds: Step {
  let tree: TreeName
  let builds: [Build]
  let revision: Int

  var title: String { "push \(builds.count) builds into \(tree)" }

  func isDone(at site: Site) throws -> Bool {
    let directory = try directory(site)
    let manifest = try directory.manifest().manifest
    var pushed = TreeContents(repositories: assignment(site).paths)
    try pushed.add(builds, by: assignment(site))
    guard pushed.files.allSatisfy({ manifest.checksums[$0.key] == $0.value }) else { return false }
    return try RefreshRevision(tree: tree, revision: revision).isDone(at: site)
  }

  func perform(at site: Site) throws {
    let directory = try directory(site)
    var manifest = try directory.manifest().manifest
    let assignment = assignment(site)
    let placed = try PackagePlacer(
      tree: directory, assignment: assignment, library: site.library, isUnfinished: false,
      activity: site.activity
    ).place(builds)
    let repositories = Set(assignment.paths).union(manifest.repositories).sorted()
    var contents = TreeContents(repositories: repositories)
    contents.add(manifest)
    try contents.add(builds, by: assignment)
    let metadata = RepositoryMetadata(
      tree: directory, library: site.library, form: site.policy.metadataForm,
      activity: site.activity)
    var records = try untouched(by: assignment, among: repositories, of: directory, manifest)
    contents.repositories = contents.repositories.filter { records[$0.key] == nil }
    records.merge(try metadata.write(contents)) { first, _ in first }
    try metadata.publish(records, revision: revision)
    manifest.checksums.merge(placed) { _, new in new }
    try manifest.add(records, of: directory)
    try directory.write(manifest)
    try directory.syncFileSystem()
  }

  /// What repositories list to which the push adds nothing: it stays.
  private func untouched(
    by assignment: RepositoryAssignment, among repositories: [RelativePath], of tree: Directory,
    _ manifest: Manifest
  ) throws -> [RelativePath: [MetadataRecord]] {
    let touched = Set(builds.flatMap(\.rpms).flatMap(assignment.repositories))
    let known = Set(manifest.repositories)
    var records: [RelativePath: [MetadataRecord]] = [:]
    for repository in repositories where known.contains(repository) && !touched.contains(repository)
    {
      records[repository] = try tree.repomd(of: repository).records
    }
    return records
  }

  /// Whether any repository shows the push already: then it must be finished.
  func isVisible(at site: Site) throws -> Bool {
    let directory = try directory(site)
    // A repository that the push brings along counts only with those that
    // users know: nobody asks for it yet.
    return try directory.manifest().manifest.repositories.contains { repository in
      try directory.repomd(of: repository).revision == revision
    }
  }

  /// Removes what ``perform(at:)`` added before it became visible: the files
  /// of the push and metadata that the manifest does not know. Anything else
  /// is left alone.
  func removeAdded(at site: Site) throws {
    let directory = try directory(site)
    let manifest = try directory.manifest().manifest
    let assignment = assignment(site)
    var pushed = TreeContents(repositories: assignment.paths)
    try pushed.add(builds, by: assignment)
    for (path, checksum) in pushed.files.sorted(by: { $0.key < $1.key }) {
      // A stranger's file that took the name is not ours to remove.
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

  private func directory(_ site: Site) throws -> Directory {
    try Directory.open(root: site.locations.public).open(tree.path)
  }

  private func assignment(_ site: Site) -> RepositoryAssignment {
    RepositoryAssignment(policy: site.policy)
  }
}

extension Directory {
  fileprivate func removeFileIfPresent(_ path: RelativePath) throws {
    guard try status(of: path) != nil else { return }
    let parent = try path.parent.map { try open($0) } ?? self
    try parent.removeFile(path.name)
  }
}
