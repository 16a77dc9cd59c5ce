package import ComposePlanning
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// What users have now, or nil before the first promotion.
  package func currentSnapshot() throws -> ReleaseSnapshot? {
    guard let current = try ledger.currentRelease() else { return nil }
    return ReleaseSnapshot(
      release: current.id, newest: try newestBuilds(of: current.id), pushes: current.pushes)
  }

  /// The blocks that the current release was composed with; nil where nobody
  /// knows of any.
  package func recordedBlocks() throws -> [BlockedEntry]? {
    guard let current = try ledger.currentRelease() else { return nil }
    return try ledger.hubSnapshot(of: current.id)?.blocked.map {
      BlockedEntry(package: $0.package, nvr: $0.nvr, marker: $0.marker)
    }
  }

  /// What every release that users have or had carried, oldest first, up to the
  /// current one: no user has a later one yet.
  package func packageHistory() throws -> [ReleaseHistory] {
    guard let current = try ledger.currentRelease() else { return [] }
    return try ledger.releases()
      .filter { $0.promotion != nil && $0.state != .abandoned && $0.id <= current.id }
      .sorted { $0.id < $1.id }.map { release in
        let tree = release.tree(.updates) ?? release.trees.last
        return ReleaseHistory(
          release: release.id, state: release.state, newest: try newestBuilds(of: release.id),
          retired: Dictionary(
            try ledger.retirements(of: release.id).map { ($0.package, RetiredEntry($0)) }
          ) { first, _ in first },
          treePath: tree.flatMap { locations.path(of: $0) } ?? "",
          archivePath: tree.flatMap {
            $0.isArchived ? "\(locations.archive)/\($0.name.path)" : nil
          },
          pushTimes: Dictionary(
            try ledger.pushes(of: release.id).map { ($0.serial, $0.at) }
          ) { first, _ in first },
          firstPush: Dictionary(
            try ledger.builds(of: release.id).map { ($0.package, $0.push) }
          ) { min($0, $1) })
      }
  }

  private func newestBuilds(
    of release: ReleaseID
  ) throws -> [String: ReleaseSnapshot.CarriedBuild] {
    var newest: [String: ReleaseSnapshot.CarriedBuild] = [:]
    // Ordered by push: the later one replaces the earlier.
    for build in try ledger.builds(of: release) where build.unlisted == nil {
      newest[build.package] = ReleaseSnapshot.CarriedBuild(
        nvr: build.nvr, evr: build.evr, push: build.push, marker: build.marker?.marker,
        markerRPM: build.marker?.rpm)
    }
    return newest
  }
}

extension RetiredEntry {
  fileprivate init(_ record: RetirementRecord) {
    self.init(
      package: record.package, nvr: record.nvr, epoch: record.evr.epoch,
      marker: record.marker.marker.path,
      text: record.marker.marker.text, rpm: record.marker.rpm)
  }
}
