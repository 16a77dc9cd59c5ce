import ComposeStream
import ComposeTrees
import ComposeChecks
import DurableFiles
import ReleaseModel
import RepoMetadata

/// Gives the repositories of a tree a newer revision with the same contents,
/// because a client must never see time go back: yum refuses repomd.xml that
/// is older than what it has.
struct RefreshRevision: Step, Codable {
  let tree: TreeName
  let revision: Int

  var title: String { "renew repomd.xml in \(tree) to revision \(revision)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    let directory = try directory(stream)
    let manifest = try directory.manifest().manifest
    return try stream.repositories(of: tree, manifest).allSatisfy { repository in
      let path = try RepositoryMetadata.repomdPath(of: repository)
      return try directory.repomd(of: repository).revision == revision
        && manifest.checksums[path] == directory.openFile(path).sha256()
    }
  }

  func perform(in stream: StreamContext) throws {
    let directory = try directory(stream)
    var manifest = try directory.manifest().manifest
    for repository in try stream.repositories(of: tree, manifest) {
      let path = try RepositoryMetadata.repomdPath(of: repository)
      let records = try directory.repomd(of: repository).records
      try directory.replaceFile(path, with: Repomd(revision: revision, records: records).xml())
      try manifest.addRepomd(of: repository, in: directory)
    }
    try directory.write(manifest)
  }

  private func directory(_ stream: StreamContext) throws -> Directory {
    try Directory.open(root: stream.locations.public).open(tree.path)
  }
}
