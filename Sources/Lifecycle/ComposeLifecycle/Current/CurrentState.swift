import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import Digests
import DurableFiles
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// What the links of a stream show while a release is current: what a statement says.
struct CurrentState: Equatable {
  let release: ReleaseID
  let links: [CurrentStatement.Link]
  let repositories: [CurrentStatement.Index]

  /// Each repomd.xml that an operation is about to write into trees that links lead to: by
  /// tree and path of its repository.
  typealias Arriving = [TreeName: [RelativePath: [UInt8]]]

  /// As on disk, whether or not links lead there already. Only what the tree's manifest
  /// knows is stated: a repomd.xml that somebody else has put there is never signed.
  ///
  /// Throws `refused` for such a one.
  ///
  /// - Parameters:
  ///   - linked: where links lead, or are about to; some release is leading.
  ///   - arriving: what takes the place of files of their trees in a moment.
  ///   - isRecorded: whether manifests must be as the ledger has them: true where no operation
  ///     is at work.
  init(
    of linked: LinkedReleases, in stream: StreamContext, arriving: Arriving = [:],
    isRecorded: Bool
  ) throws {
    guard let leading = linked.leading else {
      throw ComposeError(
        .refused, stream.policy.stream, "no release is current",
        remedy: "Compose, publish and promote a release first")
    }
    let root = try Directory.open(root: stream.locations.public)
    var indexes: [RelativePath: [CurrentStatement.Index]] = [:]
    for release in Set(stream.policy.links.compactMap(linked.release)) {
      for tree in try stream.release(release).trees {
        indexes[tree.name.path] = try Self.indexes(
          of: tree, in: root.open(tree.name.path), arriving: arriving[tree.name] ?? [:],
          isRecorded: isRecorded)
      }
    }
    self.release = leading
    var links: [CurrentStatement.Link] = []
    var repositories: [CurrentStatement.Index] = []
    for link in stream.policy.links {
      guard let release = linked.release(of: link),
        let tree = stream.policy.tree(link.area, of: release)
      else { continue }
      links.append(
        CurrentStatement.Link(
          path: link.path, target: link.target.filled(release: release), tree: tree.path))
      repositories += (indexes[tree.path] ?? []).map {
        CurrentStatement.Index(
          path: link.path.appending($0.path), revision: $0.revision, sha256: $0.sha256,
          size: $0.size)
      }
    }
    self.links = links.sorted { $0.path < $1.path }
    self.repositories = repositories.sorted { $0.path < $1.path }
  }

  /// Of one tree, by paths below it.
  private static func indexes(
    of tree: TreeRecord, in directory: Directory, arriving: [RelativePath: [UInt8]],
    isRecorded: Bool
  ) throws -> [CurrentStatement.Index] {
    let (manifest, checksum) = try directory.manifest()
    guard !isRecorded || checksum == tree.manifest else {
      throw notOurs("\(directory.path)/\(Manifest.fileName)", tree)
    }
    return try Set(manifest.repositories + arriving.keys).sorted().map { repository in
      let path = try RepositoryMetadata.repomdPath(of: repository)
      let bytes =
        try arriving[repository] ?? directory.openFile(path).contents(limit: CurrentStatement.limit)
      let found = Checksum(of: bytes)
      guard arriving[repository] != nil || manifest.checksums[path] == found else {
        throw notOurs("\(directory.path)/\(path)", tree)
      }
      return CurrentStatement.Index(
        path: repository, revision: IndexRevision.number(in: bytes) ?? 0, sha256: found,
        size: bytes.count)
    }
  }

  private static func notOurs(_ file: String, _ tree: TreeRecord) -> ComposeError {
    ComposeError(
      .refused, file.sanitizedForDisplay,
      "it is not what was recorded, and is not signed as what is current",
      remedy: "Find out what else is wrong with: epel-compose verify \(tree.name.release)")
  }

  /// Whether `statement` says this.
  func isSaid(by statement: CurrentStatement) -> Bool {
    statement.release == release && statement.links == links
      && statement.repositories == repositories
  }
}
