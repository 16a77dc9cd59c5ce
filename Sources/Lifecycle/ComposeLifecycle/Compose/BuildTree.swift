import BuildSystems
import ComposeChecks
import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel
import RepoMetadata

/// Builds one tree of a plan in the compose's own workspace: RPMs, metadata,
/// identity, manifest.
struct BuildTree: Step {
  let plan: Plan
  let documents: TreeDocuments
  let tree: TreeName
  /// Makes the metadata of RPMs, where the policy wants that; nil to make it
  /// here.
  let builder: (any RepositoryBuilder)?

  var title: String { "build \(tree)" }

  func isDone(in stream: StreamContext) throws -> Bool { false }

  func perform(in stream: StreamContext) throws {
    let staging = try Directory.create(root: stream.locations.staging)
    let target = try staging.makeDirectories(Workspace.path(of: tree, stream: plan.stream))
    let assignment = RepositoryAssignment(policy: stream.policy)
    var contents = TreeContents(repositories: assignment.paths)
    let isEmpty = stream.policy.beginsEmpty(tree.area)
    // Testers have groups and modules from the trees that they use it beside.
    let documents = tree.area.isStable ? documents : .none
    let builds = isEmpty ? [] : plan.builds
    try contents.add(builds, by: assignment)
    var manifest = Manifest(
      checksums: try PackagePlacer(
        tree: target, assignment: assignment, library: stream.library, isUnfinished: true,
        held: stream.treeFiles(for: target),
        activity: stream.activity
      ).place(builds))
    let metadata = RepositoryMetadata(
      tree: target, library: stream.library, form: stream.policy.metadataForm,
      activity: stream.activity)
    var records: [RelativePath: [MetadataRecord]] = [:]
    if let builder, !builds.isEmpty {
      records = try made(by: builder, in: target, contents, in: stream)
      contents.repositories = contents.repositories.filter { records[$0.key] == nil }
    }
    records.merge(try metadata.write(contents)) { first, _ in first }
    records.merge(
      try SupplementaryMetadata(policy: stream.policy, documents: documents).write(
        for: assignment.paths, listing: builds, into: target)
    ) { $0 + $1 }
    let indexes = try RepositoryIndexes(records, revision: plan.revision)
    try metadata.publish(
      indexes, signatures: stream.signer.map { try IndexSignatures(of: indexes, in: tree, by: $0) })
    try manifest.add(records, of: target)
    try target.finish(&manifest, of: plan, for: tree, listing: builds, in: stream)
  }

  /// The metadata that a builder makes: of every architecture and the sources.
  /// Debug RPMs lie elsewhere in a builder's repositories than in ours: their
  /// metadata is made here.
  private func made(
    by builder: any RepositoryBuilder, in target: Directory, _ contents: TreeContents,
    in stream: StreamContext
  ) throws -> [RelativePath: [MetadataRecord]] {
    let layout = stream.policy.repositories
    let arches = stream.policy.arches + [.src]
    let repositories = try builder.buildRepositories(
      of: plan.composeTag, arches: arches, allowUnsigned: plan.allowUnsigned,
      splitDebug: layout.debug != layout.binary)
    let metadata = BuilderMetadata(
      made: repositories, tree: target, settings: stream.policy.metadata)
    var records: [RelativePath: [MetadataRecord]] = [:]
    for arch in arches {
      let template = arch == .src ? layout.source : layout.binary
      let path = try RelativePath.of(template.filled(arch: arch))
      // Clients do not read an empty repository that a builder made.
      guard let files = contents.repositories[path], !files.isEmpty else { continue }
      records[path] = try metadata.take(arch, into: path, listing: files)
    }
    return records
  }
}

/// Builds the updates tree as hard links of the release's tree.
struct LinkUpdatesTree: Step {
  let plan: Plan
  let source: TreeName
  let tree: TreeName

  var title: String { "build \(tree) as hard links of \(source)" }

  func isDone(in stream: StreamContext) throws -> Bool { false }

  func perform(in stream: StreamContext) throws {
    let staging = try Directory.create(root: stream.locations.staging)
    let release = try staging.open(Workspace.path(of: source, stream: plan.stream))
    let target = try staging.makeDirectories(Workspace.path(of: tree, stream: plan.stream))
    var manifest = try release.manifest().manifest
    let own = try ([ComposeInfo.fileName] + ComposeMetadata.paths).map(RelativePath.of)
    try TreeLinker(
      source: release, target: target, library: stream.library, activity: stream.activity
    ).link(manifest, except: Set(own), verifying: false)
    try target.finish(&manifest, of: plan, for: tree, listing: plan.builds, in: stream)
  }
}

/// Where a compose builds before its trees take their names in staging.
enum Workspace {
  /// The directory of one compose below the staging root.
  static func path(of release: ReleaseID, stream: String) throws -> RelativePath {
    try RelativePath.of("\(Directory.temporaryPrefix)\(stream)-\(release)")
  }

  static func path(of tree: TreeName, stream: String) throws -> RelativePath {
    try path(of: tree.release, stream: stream).appending(tree.path)
  }
}

extension Directory {
  /// Writes identity and manifest and makes the whole tree durable.
  fileprivate func finish(
    _ manifest: inout Manifest, of plan: Plan, for tree: TreeName, listing builds: [Build],
    in stream: StreamContext
  ) throws {
    let policy = stream.policy
    let path = try RelativePath.of(ComposeInfo.fileName)
    let info = ComposeInfo(policy: policy, plan: plan, area: tree.area)
    try replaceFile(path, with: info.contents)
    manifest[path] = try openFile(path).sha256()
    try ComposeMetadata(policy: policy, tree: tree, identity: info.identity, push: 0)
      .write(listing: builds, into: self, &manifest)
    try write(manifest, signedBy: stream.signer)
    try syncFileSystem()
  }
}
