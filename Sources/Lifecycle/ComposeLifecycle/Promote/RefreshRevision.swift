import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
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
    try directory.write(manifest, signedBy: stream.signer)
  }

  private func directory(_ stream: StreamContext) throws -> Directory {
    try Directory.open(root: stream.locations.public).open(tree.path)
  }
}

extension RefreshRevision {
  /// What the trees of `release` that links lead to need, so that no client who had an
  /// index of another release by the same link sees an older one.
  static func all(of release: ReleaseRecord, in stream: StreamContext) throws -> [RefreshRevision] {
    let floor = try stream.ledger.revisionFloor()
    let areas = Set(stream.policy.links.map(\.area))
    let others = try stream.ledger.releases().filter { $0.id != release.id && $0.promotion != nil }
    let served = others.flatMap(\.trees).map(\.revision).max() ?? 0
    return release.trees.filter { areas.contains($0.name.area) && $0.revision <= served }.map {
      RefreshRevision(tree: $0.name, revision: floor.addingClamped(1))
    }
  }
}

extension [RefreshRevision] {
  /// How far trees come whose index is written anew.
  var reach: [TreeName: TreeGeneration] {
    Dictionary(
      map { ($0.tree, TreeGeneration(respin: nil, push: nil, revision: $0.revision)) }
    ) { first, _ in first }
  }
}
