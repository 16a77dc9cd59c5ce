import ComposePlanning
import ComposeTrees
import ReleaseLedger
import ReleaseModel

extension RemovedPackages {
  /// Why things are not in `release` any more, as the ledger recorded it.
  init(of release: ReleaseID, in ledger: Ledger) throws {
    let retired = try ledger.retirements(of: release).map { ($0.package, $0.marker.marker.text) }
    let present = try ledger.builds(of: release).map { ($0.package, $0.evr) }
    self.init(
      retired: Dictionary(retired) { first, _ in first },
      blocked: Set(try ledger.hubSnapshot(of: release)?.blocked.map(\.package) ?? []),
      // Ordered by push: the last is the newest.
      present: Dictionary(present) { $1 }, removals: try ledger.removedRPMs().removals,
      release: release)
  }
}
