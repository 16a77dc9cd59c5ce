package import ComposePolicy
package import DurableFiles
package import ReleaseLedger
import ReleaseModel

/// Where the policy's roots are on this machine: `--root` goes in front of each,
/// so that all commands can be tried in an empty directory.
package struct Locations: Sendable {
  /// Empty, or an absolute path.
  package let prefix: String
  /// What mirrors fetch and users see.
  package let `public`: String
  /// Where composes are built and tested.
  package let staging: String
  /// Where superseded releases go.
  package let archive: String
  /// Where the ledger and the lock are.
  package let state: String
  private let stream: String

  /// - Parameter prefix: goes in front of every root; empty for the real
  ///   places.
  package init(policy: Policy, prefix: String) {
    self.prefix = prefix
    `public` = prefix + policy.roots.public
    staging = prefix + policy.roots.staging
    archive = prefix + policy.roots.archive
    state = prefix + policy.roots.state
    stream = policy.stream
  }

  /// Absolute path of the stream's ledger.
  package var ledgerFile: String { "\(state)/\(ledgerName)" }
  /// In ``state``.
  package var ledgerName: String { "\(stream).sqlite" }
  /// In ``state``.
  package var lockName: String { "\(stream).lock" }

  /// Where downloaded RPMs are kept: on the file system of the staged trees,
  /// which are hard-linked to them.
  package var pool: String { "\(staging)/\(Self.poolName(stream))" }

  private static let poolPrefix = "\(Directory.temporaryPrefix)pool-"

  private static func poolName(_ stream: String) -> String { poolPrefix + stream }

  /// Whether `name` is that of a pool: those stay.
  package static func isPool(_ name: String) -> Bool { name.hasPrefix(poolPrefix) }

  /// Path of a root.
  package func root(_ place: TreeRecord.Place) -> String? {
    switch place {
    case .staging: staging
    case .public: `public`
    case .archive: archive
    case .gone: nil
    }
  }

  /// Where trees can be, with the path of each root.
  package var roots: [(place: TreeRecord.Place, path: String)] {
    [(.staging, staging), (.public, `public`), (.archive, archive)]
  }

  /// Flushes the file systems of all roots that are there.
  package func syncFileSystems() throws {
    for root in [`public`, staging, archive, state] {
      try Directory.openIfPresent(root: root)?.syncFileSystem()
    }
  }

  /// Path of a tree where the ledger says it is; nil once it is gone.
  package func path(of tree: TreeRecord) -> String? {
    root(tree.place).map { "\($0)/\(tree.name.path)" }
  }

  /// Opens the directory of a tree where the ledger says it is.
  ///
  /// Throws `noInput` when the tree is gone or not there.
  package func open(_ tree: TreeRecord) throws -> Directory {
    guard let root = root(tree.place) else {
      throw ComposeError(
        .noInput, "tree \(tree.name)", "it was removed", remedy: "Use a release that still exists")
    }
    return try Directory.open(root: root).open(tree.name.path)
  }
}
