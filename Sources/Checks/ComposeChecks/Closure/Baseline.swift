import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import DependencyClosure
import DurableFiles
import PackageLibrary
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// The release that users have, or had, before another one: what it provided
/// counts as missing where it is gone.
struct Baseline: Sendable {
  let release: ReleaseID
  private let trees: [Directory]
  private let library: PackageLibrary
  /// Repositories that its trees only keep for clients of earlier ones.
  private let carried: Set<RelativePath>

  /// The current release where it is older; else the one that was current when
  /// `record` was composed. Nil where there is none, or none that can still be
  /// read.
  static func of(_ record: ReleaseRecord, in stream: StreamContext) throws -> Baseline? {
    let id = try stream.ledger.currentRelease(before: record.id)?.id ?? record.previous
    return try id.flatMap { try stream.ledger.release($0) }.flatMap { try Baseline($0, in: stream) }
  }

  /// The release of `servedRelease`, before anything new is there.
  static func current(in stream: StreamContext) throws -> Baseline? {
    try stream.servedRelease().flatMap { try Baseline($0, in: stream) }
  }

  /// The trees of `record` that have what users of it get; nil where they cannot be
  /// read any more.
  init?(_ record: ReleaseRecord, in stream: StreamContext) throws {
    release = record.id
    library = stream.library
    // A tree of pushes that began as the release has all of it.
    let isWhole = stream.policy.areas[.updates]?.begins == .release
    let trees = record.stableTrees.filter { !isWhole || $0.name.area == .updates }
    carried = try trees.reduce(into: []) { carried, tree in
      carried.formUnion(
        try stream.ledger.unlistedFiles(of: tree.name).map(\.path).carriedRepositories)
    }
    do {
      self.trees = try trees.filter { $0.place != .gone }.map { try stream.locations.open($0) }
    } catch let error as ComposeError where error.kind == .noInput {
      return nil
    }
    if self.trees.isEmpty { return nil }
  }

  func add(
    to universe: PackageUniverse, _ path: RelativePath, as role: PackageUniverse.Role = .former
  ) throws {
    for tree in trees where try tree.status(of: path) != nil {
      let documents = try RepositoryDocuments(
        DirectorySource(directory: tree.open(path)), by: .ours)
      try universe.add(
        documents, as: role, label: "\(release)", store: library, isLasting: true)
    }
  }

  /// What identifies all that a closure reads of the repositories at `paths`; nil for one that
  /// does not say.
  func closureIdentities(of paths: [RelativePath]) throws -> [String?] {
    try paths.flatMap { path in
      try trees.filter { try $0.status(of: path) != nil }.map { tree in
        try RepositoryDocuments(DirectorySource(directory: tree.open(path)), by: .ours)
          .closureIdentity(as: "baseline \(release)")
      }
    }
  }

  /// All that users of it can get.
  ///
  /// Throws `badData` where metadata cannot be read.
  func contents() throws -> ServedContents {
    let places = try trees.flatMap { tree in
      try tree.manifest().manifest.repositories.filter { !carried.contains($0) }.map {
        (tree: tree, path: $0)
      }
    }
    let found = try Concurrently.map(places) { tree, path -> ServedContents in
      try Interruption.check(remaining: "reading \(tree.path)")
      let documents = try RepositoryDocuments(
        DirectorySource(directory: tree.open(path)), by: .ours)
      let groups = try documents.document("group").map {
        try CompsReader.document(in: $0, of: "\(documents.label)/group").installable
      }
      let modules = try documents.document("modules").map {
        try ModulesReader.streams(in: $0, of: "\(documents.label)/modules").map(\.id)
      }
      return ServedContents(
        repositories: [
          path: try tree.packages(of: path, documents.repomd, by: library).map(\.served)
        ],
        groups: groups ?? [], modules: Set(modules ?? []))
    }
    return found.reduce(into: ServedContents()) { $0.add($1) }
  }

  /// What the repository at `path` says of modules, in all trees.
  func modules(of path: RelativePath) throws -> ModuleDocument {
    try trees.reduce(into: .none) { modules, tree in
      guard try tree.status(of: path) != nil else { return }
      modules.add(
        try RepositoryDocuments(DirectorySource(directory: tree.open(path)), by: .ours).modules())
    }
  }

  /// What the repository at `path` lists, in all trees.
  func packages(of path: RelativePath) throws -> [ListedPackage] {
    try trees.flatMap { tree -> [ListedPackage] in
      guard try tree.status(of: path) != nil else { return [] }
      return try tree.packages(of: path, tree.repomd(of: path), by: library)
    }
  }

  /// What the packages of the repository at `path` say of themselves, in all trees.
  func descriptions(of path: RelativePath) throws -> [DescribedPackage] {
    try trees.flatMap { tree -> [DescribedPackage] in
      guard try tree.status(of: path) != nil else { return [] }
      return try tree.descriptions(of: path, tree.repomd(of: path))
    }
  }
}
