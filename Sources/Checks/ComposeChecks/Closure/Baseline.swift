import ComposeStream
import ComposeTrees
import ComposeStream
import ComposeTrees
import ComposePolicy
import DependencyClosure
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// The release that users have, or had, before another one: what it provided
/// counts as missing where it is gone.
struct Baseline: Sendable {
  let release: ReleaseID
  private let trees: [Directory]
  private let store: any SolvStore

  /// The current release where it is older; else the one that was current when
  /// `record` was composed. Nil where there is none, or none that can still be
  /// read.
  static func of(_ record: ReleaseRecord, in stream: StreamContext) throws -> Baseline? {
    let id = try stream.ledger.currentRelease(before: record.id)?.id ?? record.previous
    return try id.flatMap { try stream.ledger.release($0) }.flatMap { try Baseline($0, in: stream) }
  }

  /// The current release, before anything new is there.
  static func current(in stream: StreamContext) throws -> Baseline? {
    try stream.ledger.currentRelease().flatMap { try Baseline($0, in: stream) }
  }

  /// The trees of `record` that have what users of it get; nil where they cannot be
  /// read any more.
  init?(_ record: ReleaseRecord, in stream: StreamContext) throws {
    release = record.id
    store = stream.library
    // A tree of pushes that began as the release has all of it.
    let isWhole = stream.policy.areas[.updates]?.begins == .release
    let trees = record.trees.filter { !isWhole || $0.name.area == .updates }
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
      try universe.add(documents, as: role, label: "\(release)", store: store)
    }
  }

  /// What the repository at `path` lists, in all trees.
  func packages(of path: RelativePath) throws -> [ListedPackage] {
    try trees.flatMap { tree -> [ListedPackage] in
      guard try tree.status(of: path) != nil else { return [] }
      return try tree.packages(of: path, tree.repomd(of: path))
    }
  }
}
