import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseModel
import RepoMetadata

/// Builds a tree without RPMs for a release that is there, in the workspace of a compose.
struct BuildEmptyTree: Step {
  let tree: TreeName
  /// A public tree of the same release.
  let source: TreeName
  let revision: Int

  init(tree: TreeName, like source: TreeName, revision: Int) {
    self.tree = tree
    self.source = source
    self.revision = revision
  }

  var title: String { "build \(tree) without RPMs" }

  func isDone(in stream: StreamContext) throws -> Bool {
    try Directory.openIfPresent(root: stream.locations.public)?.status(of: tree.path) != nil
  }

  func perform(in stream: StreamContext) throws {
    let staging = try Directory.create(root: stream.locations.staging)
    let workspace = try Workspace.path(of: tree.release, stream: stream.policy.stream)
    // What an interruption left is made anew.
    try staging.removeTree(workspace)
    let target = try staging.makeDirectories(
      Workspace.path(of: tree, stream: stream.policy.stream))
    let metadata = RepositoryMetadata(
      tree: target, library: stream.library, form: stream.policy.metadataForm,
      activity: stream.activity)
    let records = try metadata.write(
      TreeContents(repositories: RepositoryAssignment(policy: stream.policy).paths))
    let indexes = try RepositoryIndexes(records, revision: revision)
    try metadata.publish(
      indexes, signatures: stream.signer.map { try IndexSignatures(of: indexes, in: tree, by: $0) })
    var manifest = Manifest(checksums: [:])
    try manifest.add(records, of: target)
    let path = try RelativePath.of(ComposeInfo.fileName)
    let other = try Directory.open(root: stream.locations.public).open(source.path)
    try target.replaceFile(
      path,
      with: ComposeInfo.contents(of: tree, like: other.openFile(path).contents(limit: 1 << 16)))
    manifest[path] = try target.openFile(path).sha256()
    if let identity = try target.identity() {
      try ComposeMetadata(policy: stream.policy, tree: tree, identity: identity, push: 0)
        .write(listing: [], into: target, &manifest)
    }
    try target.write(manifest, signedBy: stream.signer)
    try target.syncFileSystem()
  }
}
