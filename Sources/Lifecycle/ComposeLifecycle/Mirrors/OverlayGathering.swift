import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import Digests
import DurableFiles
package import MirrorDocuments
import ReleaseLedger
package import ReleaseModel
import RepoMetadata

/// Gathers what programs that answer clients need to know of a stream.
package struct OverlayGathering {
  private let stream: StreamContext
  private let mirrors: MirrorPolicy

  /// Nil where the policy has no `mirrors`.
  package init?(_ stream: StreamContext) {
    guard let mirrors = stream.policy.mirrors else { return nil }
    self.stream = stream
    self.mirrors = mirrors
  }

  /// As ledger and trees are now.
  package func overlay() throws -> Overlay {
    let (top, archive) = (
      try RelativePath.of(mirrors.manager.directory), try RelativePath.of(mirrors.manager.archive)
    )
    var indexes: [Overlay.Index] = []
    var archived: [Overlay.Archived] = []
    let releases = try stream.ledger.releases()
    let ends = try stream.carriedOut(stream.ledger.endings(), of: releases)
    // In the grace time of an end, web servers send clients there already.
    let leaving = Set(ends.map(\.release.id))
    for record in releases where Self.isPublic(record) {
      for tree in record.trees {
        if tree.place == .public {
          indexes += try self.indexes(of: tree, below: stream.locations.public, as: top)
        }
        if tree.isArchived {
          indexes += try self.indexes(of: tree, below: stream.locations.archive, as: archive)
        }
        if tree.place == .archive || tree.isArchived && leaving.contains(record.id) {
          archived.append(
            Overlay.Archived(
              path: top.appending(tree.name.path), archive: archive.appending(tree.name.path)))
        }
      }
    }
    let linked = try stream.linkedReleases()
    let movers: [RelativePath?] = [nil] + stream.policy.ownLinks.map { $0.path }
    return Overlay(
      stream: stream.policy.stream, time: stream.time.now,
      redirects: movers.flatMap { stream.redirects(of: linked, movedBy: $0) },
      links: try stream.currentTrees().compactMap { link in
        link.tree.map { Overlay.Link(path: top.appending(link.path), target: top.appending($0)) }
      },
      indexes: indexes, archived: archived, ended: ends.flatMap { ended($0, below: top) })
  }

  /// Names and paths that answer clients of it no more.
  private func ended(_ end: CarriedOutEnd, below top: RelativePath) -> [Overlay.Ended] {
    guard let text = end.text else { return [] }
    let trees = end.release.trees.flatMap { stream.mirrorRepositories(of: $0.name) }.map(\.name)
    let clients = end.isWholeStream ? stream.clientNames(of: end.release.id).map(\.name) : []
    return Set(trees + clients).map { Overlay.Ended(.name($0), text: text) }
      + Set(end.paths).map { Overlay.Ended(.path(top.appending($0)), text: text) }
  }

  /// Whether mirrors have, or had, the trees of `record`.
  private static func isPublic(_ record: ReleaseRecord) -> Bool {
    switch record.state {
    case .published, .current, .superseded, .archived: true
    case .composing, .staged, .abandoned: false
    }
  }

  private func indexes(
    of tree: TreeRecord, below root: String, as top: RelativePath
  ) throws -> [Overlay.Index] {
    let directory = try Directory.open(root: root).open(tree.name.path)
    return try repositories(of: tree, in: directory).map { repository in
      let repomd = try directory.openFile(RepositoryMetadata.repomdPath(of: repository))
      let bytes = try repomd.contents(limit: 1 << 24)
      return try Overlay.Index(
        directory: top.appending(tree.name.path).appending(repository)
          .appending(RelativePath.of("repodata")),
        // Every timestamp in it is the revision.
        timestamp: directory.repomd(of: repository).revision, size: bytes.count,
        digests: FileDigests(of: bytes))
    }
  }

  /// Those that the policy describes; where the tree has others, those of its manifest,
  /// which is large.
  private func repositories(
    of tree: TreeRecord, in directory: Directory
  ) throws -> [RelativePath] {
    let policy = stream.policy.asOf(tree.name.release)
    let described = RepositoryAssignment(policy: policy).paths
    let found = try directory.statuses(of: described.map(RepositoryMetadata.repomdPath))
    if found.allSatisfy({ $0 != nil }) { return described }
    return try directory.manifest().manifest.repositories
  }
}

extension StreamContext {
  /// The policy's links, each with the tree that it leads to.
  package func currentTrees() throws -> [CurrentTrees.Link] {
    let linked = try linkedReleases()
    return policy.links.map { link in
      CurrentTrees.Link(
        path: link.path,
        tree: linked.release(of: link).flatMap { policy.tree(link.area, of: $0)?.path })
    }
  }
}
