package import ComposeStream
package import ComposeTrees
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// Everything that is below the roots, compared with the ledger. What an operation
  /// that was interrupted may rightly have done is as it should be.
  package func ledgerComparison() throws -> LedgerComparison {
    try LedgerComparison(self, during: openReach())
  }

  /// Throws `refused` where the ledger is an older copy than the disk, or the other
  /// way round, or one of `trees` was changed by others: before the first change,
  /// and before anything is planned from such trees.
  ///
  /// - Parameter mayBeMissing: whether trees need not be there.
  func requireAsRecorded(_ trees: [TreeRecord], mayBeMissing: Bool = false) throws {
    try LedgerComparison(self, only: trees, during: openReach())
      .require(trees, mayBeMissing: mayBeMissing)
  }

  /// What the open operation may have done; nil where none is open.
  private func openReach() throws -> LedgerComparison.Reach? {
    guard let open = try ledger.openOperation() else { return nil }
    // Recovery says what is wrong with one that cannot be read.
    guard let operation = try? Recovery.decode(open) else {
      return LedgerComparison.Reach(release: try ReleaseID(open.release), trees: [:])
    }
    return try operation.reach(of: self)
  }
}

extension Operation {
  func reach(of stream: StreamContext) throws -> LedgerComparison.Reach {
    LedgerComparison.Reach(release: release, trees: try reach(in: stream))
  }
}
