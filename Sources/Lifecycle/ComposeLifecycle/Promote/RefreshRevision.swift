import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import Digests
import DocumentSigning
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// Gives the repositories of a tree a newer revision with the same contents,
/// because a client must never see time go back: yum refuses repomd.xml that
/// is older than what it has. And signs them, where the policy has them signed.
struct RefreshRevision: Step, Codable {
  let tree: TreeName
  let revision: Int
  /// Made before the first change; nil where the policy has nothing signed, and in the
  /// journal of an older version.
  private(set) var signatures: IndexSignatures?

  init(tree: TreeName, revision: Int, signatures: IndexSignatures? = nil) {
    self.tree = tree
    self.revision = revision
    self.signatures = signatures
  }

  var title: String { "renew repomd.xml in \(tree) to revision \(revision)" }

  func isDone(in stream: StreamContext) throws -> Bool {
    let directory = try directory(stream)
    let manifest = try directory.manifest().manifest
    return try stream.repositories(of: tree, manifest).allSatisfy { repository in
      let path = try RepositoryMetadata.repomdPath(of: repository)
      return try directory.repomd(of: repository).revision == revision
        && manifest.checksums[path] == directory.openFile(path).sha256()
        && hasSignature(repository, in: directory, manifest)
    }
  }

  /// Whether what is beside the index of one repository is what this step writes.
  private func hasSignature(
    _ repository: RelativePath, in directory: Directory, _ manifest: Manifest
  ) throws -> Bool {
    let texts = [signatures?.signature(of: repository), signatures?.publicKey]
    let wanted = texts.map { $0.map { Checksum(of: Array($0.utf8)) } }
    return try zip(RepositoryMetadata.signaturePaths(of: repository), wanted).allSatisfy {
      path, wanted in
      let isThere = try directory.status(of: path) != nil
      let found = try isThere ? directory.openFile(path).sha256() : nil
      return manifest.checksums[path] == wanted && found == wanted
    }
  }

  func perform(in stream: StreamContext) throws {
    let directory = try directory(stream)
    var manifest = try directory.manifest().manifest
    let files = try indexes(in: stream).map {
      ($0.key, try IndexFiles($0.value, of: $0.key, signatures: signatures))
    }
    for (repository, files) in files.sorted(by: { $0.0 < $1.0 }) {
      try directory.replaceIndex(of: repository, with: files)
      try manifest.addRepomd(of: repository, in: directory)
      try manifest.addSignature(of: repository, in: directory)
    }
    try directory.write(manifest, signedBy: stream.signer)
  }

  /// Each repomd.xml as this step writes it, by repository; the same before and after.
  fileprivate func indexes(in stream: StreamContext) throws -> [RelativePath: [UInt8]] {
    let directory = try directory(stream)
    return try Self.indexes(
      of: stream.repositories(of: tree, directory.manifest().manifest), in: directory, revision
    ).documents
  }

  private static func indexes(
    of repositories: [RelativePath], in directory: Directory, _ revision: Int
  ) throws -> RepositoryIndexes {
    let records = try repositories.map { ($0, try directory.repomd(of: $0).records) }
    return try RepositoryIndexes(
      Dictionary(records) { first, _ in first }, revision: revision)
  }

  private func directory(_ stream: StreamContext) throws -> Directory {
    try Directory.open(root: stream.locations.public).open(tree.path)
  }

  // MARK: Signing

  /// Has the indexes signed as this step will write them.
  ///
  /// - Parameter carries: what brings whole repositories into the tree before that.
  fileprivate mutating func sign(
    by signer: DocumentSigner, _ carries: [CarryOver], in stream: StreamContext
  ) throws {
    guard let record = try stream.release(tree.release).tree(tree.area) else { return }
    let directory = try stream.locations.open(record)
    let own = try stream.repositories(of: tree, directory.manifest().manifest)
    var documents = try Self.indexes(of: own, in: directory, revision).documents
    for carry in carries where carry.target == tree {
      let source = try Directory.open(root: stream.locations.public).open(carry.source.path)
      documents.merge(
        try Self.indexes(of: Array(carry.files.carriedRepositories), in: source, revision).documents
      ) { own, _ in own }
    }
    signatures = try IndexSignatures(of: RepositoryIndexes(documents), in: tree, by: signer)
  }
}

extension RefreshRevision {
  /// What the trees of `release` that links lead to need, so that no client who had an
  /// index of another release by the same link sees an older one; and all of its trees whose
  /// indexes are not signed as the policy says by now.
  ///
  /// Pushes into a release that is, or was, maintained beside the leading one reach nobody by
  /// the links that left it.
  ///
  /// - Parameter former: where the links lead now; nil where they lead nowhere yet.
  static func all(
    of release: ReleaseRecord, after former: ReleaseRecord?, in stream: StreamContext
  ) throws -> [RefreshRevision] {
    let standings = try stream.standings()
    let floors = try Floors(in: stream)
    let areas = Set(stream.policy.links.map(\.area))
    let others = try stream.ledger.releases().filter { other in
      let isBeside = [.maintained, .ended].contains(standings[other.id])
      return other.id != release.id && other.promotion != nil
        && (!isBeside || other.id == former?.id)
    }
    let trees = others.flatMap(\.trees)
    let unsigned = try stream.unsignedTrees(among: release.trees)
    return release.trees.filter { tree in
      let served =
        trees.filter { $0.name.area.isStable == tree.name.area.isStable }
        .map(\.revision).max() ?? 0
      return areas.contains(tree.name.area) && tree.revision <= served
        || unsigned.contains(tree.name)
    }.map { RefreshRevision(tree: $0.name, revision: floors.next(of: $0.name.area)) }
  }

  /// The largest revisions that clients of links could have seen.
  private struct Floors {
    private let stable: Int
    private let testing: Int

    init(in stream: StreamContext) throws {
      stable = try stream.ledger.revisionFloor()
      testing = try stream.ledger.revisionFloor(stable: false)
    }

    /// A revision that no client of a link into `area` has seen.
    func next(of area: Area) -> Int { (area.isStable ? stable : testing).addingClamped(1) }
  }

  /// What `trees` need that are not signed as the policy says by now.
  static func signing(
    _ trees: [TreeRecord], in stream: StreamContext
  ) throws -> [RefreshRevision] {
    let unsigned = try stream.unsignedTrees(among: trees)
    if unsigned.isEmpty { return [] }
    let floors = try Floors(in: stream)
    return trees.filter { unsigned.contains($0.name) }.map {
      RefreshRevision(tree: $0.name, revision: floors.next(of: $0.name.area))
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

  /// Each repomd.xml as these steps write it.
  func arriving(in stream: StreamContext) throws -> CurrentState.Arriving {
    Dictionary(try map { ($0.tree, try $0.indexes(in: stream)) }) { first, _ in first }
  }

  /// The same with signatures, where the policy has indexes signed.
  ///
  /// - Parameter carries: what is done before.
  func signed(after carries: [CarryOver] = [], in stream: StreamContext) throws -> Self {
    guard let signer = stream.signer else { return self }
    return try map {
      var refresh = $0
      try refresh.sign(by: signer, carries, in: stream)
      return refresh
    }
  }

  /// Throws what would keep them from being signed, as far as that is known without signing.
  func requireSigner(in stream: StreamContext) throws {
    if !isEmpty { try stream.signer?.requireReady() }
  }
}
