import ComposePlanning
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// Makes everything that a push writes into a tree beside RPMs: metadata of the
/// repositories, and the documents about the compose.
///
/// The same bytes are made twice: in a directory of their own, to be judged before
/// users get anything, and then in the tree.
struct PushMetadata {
  let step: PushBuilds
  let stream: StreamContext
  /// Where the RPMs are; the tree as users have it.
  let files: TreeFiles
  /// Of the tree as users have it.
  let manifest: Manifest
  /// Documents that were judged; nil where nothing is judged, or not yet.
  var prepared: PreparedDocuments?

  /// Writes it into `directory` and returns the manifest that the tree then has, and the
  /// indexes. In a directory that takes the tree's place nothing is signed: signatures in that
  /// manifest are those of before.
  ///
  /// - Parameters:
  ///   - placed: the RPMs of the push, by path below the tree.
  ///   - directory: the tree itself, or one that takes its place.
  func write(placed: [RelativePath: Checksum], into directory: Directory) throws -> Written {
    let isTree = directory === files.tree
    let assignment = RepositoryAssignment(policy: stream.policy)
    let own = try stream.repositories(of: step.tree, manifest)
    let repositories = Set(assignment.paths).union(own).sorted()
    var contents = TreeContents(repositories: repositories)
    contents.add(manifest)
    let listedAgain = Set(step.relisting.map(\.path))
    contents.remove(
      try stream.ledger.unlistedFiles(of: step.tree).map(\.path)
        .filter { !listedAgain.contains($0) } + step.unlisting.map(\.path))
    try contents.add(step.builds, by: assignment)
    let modified = try modified(placed.keys)
    let prepared = prepared.flatMap { $0.isOf(contents, modified: modified) ? $0 : nil }
    let all = contents
    let metadata = RepositoryMetadata(
      tree: directory, reading: files, library: stream.library, form: stream.policy.metadataForm,
      activity: stream.activity)
    var records = try untouched(by: assignment, among: repositories)
    if !isTree { try copy(records, into: directory) }
    contents.repositories = contents.repositories.filter { records[$0.key] == nil }
    let (listed, made) = try Concurrently.both {
      try prepared?.listed ?? all.builds(in: files, by: stream.library)
    } _: {
      try prepared?.copy(by: metadata) ?? metadata.write(contents)
    }
    records.merge(made) { first, _ in first }
    records.merge(
      try SupplementaryMetadata(
        policy: stream.policy, documents: step.documents, area: step.tree.area
      ).write(for: repositories, listing: listed, into: directory)
    ) { $0 + $1 }
    let indexes = try RepositoryIndexes(records, revision: step.revision)
    try metadata.publish(
      indexes, signatures: isTree ? step.signatures : nil, durably: isTree
    ) { arriving in
      if isTree { try stream.stateCurrent(of: step.tree.release, arriving: [step.tree: arriving]) }
    }
    var manifest = manifest
    manifest.merge(placed)
    try manifest.add(records, of: directory, withSignatures: isTree)
    let identity = try files.tree.identity().map { identity in
      let compose = ComposeMetadata(
        policy: stream.policy, tree: step.tree, identity: identity, push: step.serial)
      let known = prepared?.identity.flatMap { $0.areOf(compose) ? $0 : nil }
      return known ?? compose.documents(listing: listed)
    }
    try identity?.write(into: directory, &manifest)
    return Written(
      manifest: manifest, indexes: indexes, contents: all, listed: listed, documents: made,
      modified: modified, identity: identity)
  }

  /// What was written.
  struct Written {
    /// That the tree then has.
    let manifest: Manifest
    let indexes: RepositoryIndexes
    /// What all repositories list.
    let contents: TreeContents
    /// The builds of it.
    let listed: [Build]
    /// Of the repositories that the push changes.
    let documents: [RelativePath: [MetadataRecord]]
    /// Times of the RPMs of the push, which documents say as well.
    let modified: [RelativePath: Int]
    /// What the tree says of itself; nil where it says nothing.
    let identity: ComposeMetadata.Documents?
  }

  /// Times of files, seconds since 1970, by path below the tree.
  private func modified(
    _ paths: some Sequence<RelativePath>
  ) throws -> [RelativePath: Int] {
    let paths = paths.sorted()
    let statuses = try files.statuses(of: paths)
    return Dictionary(
      zip(paths, statuses).compactMap { path, status in status.map { (path, $0.modified) } }
    ) { first, _ in first }
  }

  /// What repositories list of which the push changes nothing: it stays.
  private func untouched(
    by assignment: RepositoryAssignment, among repositories: [RelativePath]
  ) throws -> [RelativePath: [MetadataRecord]] {
    let moved = (step.unlisting + step.relisting).compactMap { file in
      repositories.filter { file.path.isWithin($0) }.max {
        $0.description.count < $1.description.count
      }
    }
    let touched = Set(step.builds.flatMap(\.rpms).flatMap(assignment.repositories) + moved)
    let known = Set(manifest.repositories)
    var records: [RelativePath: [MetadataRecord]] = [:]
    for repository in repositories where known.contains(repository) && !touched.contains(repository)
    {
      records[repository] = try files.tree.repomd(of: repository).records.filter {
        !SupplementaryDocument.types.contains($0.type)
      }
    }
    return records
  }

  /// Whoever reads `directory` finds there what stays, too.
  private func copy(
    _ records: [RelativePath: [MetadataRecord]], into directory: Directory
  ) throws {
    for (repository, records) in records {
      let repodata = repository.appending(try RelativePath.of("repodata"))
      try directory.makeDirectories(repodata, durably: false)
      for record in records {
        let path = repodata.appending(try RelativePath.of(record.fileName))
        let contents = try files.tree.openFile(path).contents(limit: Self.limit)
        try directory.replaceFile(path, with: contents)
      }
    }
  }

  /// Bytes of one metadata file: a gibibyte, ten times what EPEL has.
  private static let limit = 1 << 30
}
