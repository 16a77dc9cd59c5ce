import ComposePlanning
import ComposeTrees
import ReleaseLedger
import ReleaseModel

extension RemovedPackages {
  /// Why things are not in `release` any more, as the ledger recorded it.
  ///
  /// - Parameter leaving: builds that the push at hand takes out.
  init(of release: ReleaseID, in ledger: Ledger, leaving: Set<NVR> = []) throws {
    let retired = try ledger.retirements(of: release).map { ($0.package, $0.marker.marker.text) }
    let present = try ledger.builds(of: release)
      .filter { $0.unlisted == nil && !leaving.contains($0.nvr) }.map { ($0.package, $0.evr) }
    self.init(
      retired: Dictionary(retired) { first, _ in first },
      blocked: Set(try ledger.hubSnapshot(of: release)?.blocked.map(\.package) ?? []),
      leaving: Dictionary(
        leaving.sorted { $0.description.precedesByBytes($1.description) }.map { ($0.name, $0) }
      ) { $1 },
      // Ordered by push: the last is the newest.
      present: Dictionary(present) { $1 }, removals: try ledger.removedRPMs().removals,
      release: release)
  }
}
