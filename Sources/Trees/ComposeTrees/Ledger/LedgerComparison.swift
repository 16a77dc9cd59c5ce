import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// The trees and links of a stream, compared with what the ledger recorded.
///
/// Whoever restores a ledger or a tree from a backup has one that is older than
/// the other. What was decided in between (builds that were withdrawn, say) is then
/// in one of them alone: to go on would undo it. So every command that changes a
/// stream asks here first, and the answer says which of both is the newer.
package struct LedgerComparison: Sendable {
  /// Every tree that differs, and links that lead to another release; in the order
  /// of releases.
  package let deviations: [TreeDeviation]
  private let stream: String

  /// What an operation that is not finished may rightly have done already.
  package struct Reach: Sendable {
    /// Its release, whose trees may be in another place by now, and which links
    /// may lead to.
    package let release: ReleaseID
    /// How far it brings the trees that it changes, by name.
    package let trees: [TreeName: TreeGeneration]

    /// - Parameter trees: of those whose lists or indexes it changes.
    package init(release: ReleaseID, trees: [TreeName: TreeGeneration]) {
      self.release = release
      self.trees = trees
    }
  }

  /// - Parameters:
  ///   - trees: compares only these, and looks at no other place; nil for all that
  ///     the ledger knows or the disk has.
  ///   - reach: of the operation that is open, if any.
  ///
  /// Throws `permission` or `inputOutput` where the disk cannot be read.
  package init(
    _ stream: StreamContext, only trees: [TreeRecord]? = nil, during reach: Reach? = nil
  ) throws {
    self.stream = stream.policy.stream
    let releases = try stream.ledger.releases()
    var search = DeviationSearch(stream: stream, releases: releases, reach: reach)
    let wanted = trees.map { Set($0.map(\.name)) }
    for release in releases {
      for tree in release.trees where wanted?.contains(tree.name) ?? true {
        try search.compare(tree, of: release)
      }
    }
    if trees == nil { try search.lookAround() }
    deviations = search.found.sorted { ($0.release, $0.path) < ($1.release, $1.path) }
  }

  /// Whether the disk proves that the ledger is an older copy.
  package var isLedgerBehind: Bool { deviations.contains { $0.cause == .treeIsAhead } }

  /// Trees that are older copies: while there are any, the disk does not prove what
  /// the ledger lacks.
  package var olderTrees: [Finding] {
    deviations.filter { $0.cause == .ledgerIsAhead }.map(\.finding)
  }

  /// Why the ledger cannot be gone by; empty unless it is an older copy.
  package var whyBehind: [Finding] {
    deviations.filter { $0.cause == .treeIsAhead }.map(\.finding)
  }

  /// All that differs.
  package var findings: [Finding] { deviations.map(\.finding) }

  /// Throws `refused` where the ledger is an older copy, wherever that shows; or
  /// where one of `trees` is not as recorded.
  ///
  /// - Parameter mayBeMissing: whether trees need not be there.
  package func require(_ trees: [TreeRecord] = [], mayBeMissing: Bool = false) throws {
    try require("ledger of \(stream)", whyBehind)
    let paths = Set(trees.map(\.name.path))
    let own = deviations.filter {
      paths.contains($0.path) && !(mayBeMissing && $0.cause == .missing)
    }
    guard let first = own.first else { return }
    try require("release \(first.release)", own.map(\.finding))
  }

  private func require(_ thing: String, _ findings: [Finding]) throws {
    guard let first = findings.first else { return }
    throw ComposeError(
      .refused, thing, first.message, remedy: first.remedy, findings: findings)
  }
}
