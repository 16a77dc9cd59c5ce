package import ComposePlanning
package import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// What users have now, or nil before the first promotion; see ``servedRelease()``.
  package func currentSnapshot() throws -> ReleaseSnapshot? {
    guard let current = try servedRelease() else { return nil }
    return try snapshot(of: current.id, pushes: current.pushes)
  }

  private func snapshot(of release: ReleaseID, pushes: Int) throws -> ReleaseSnapshot {
    let builds = try ledger.builds(of: release).filter { $0.unlisted == nil }.map { build in
      (package: build.package, build: ReleaseSnapshot.CarriedBuild(build))
    }
    return ReleaseSnapshot(
      release: release, newest: try newestBuilds(of: release),
      listed: Dictionary(grouping: builds, by: \.package).filter { $1.count > 1 }
        .mapValues { $0.map(\.build) },
      pushes: pushes)
  }

  /// What `release` left out because of markers, as a plan has it.
  package func retired(by release: ReleaseID) throws -> [RetiredEntry] {
    try ledger.retirements(of: release).map(RetiredEntry.init)
  }

  /// Builds that `record` lists although a person took them out: of this release
  /// or of another.
  package func heldBuilds(of record: ReleaseRecord) throws -> [BuildHold] {
    let listed = Set(
      try ledger.builds(of: record.id).filter { $0.unlisted == nil }.map(\.nvr))
    return try ledger.holds().filter { listed.contains($0.nvr) }
  }

  /// Releases after `current` that were rolled back, or wait to be promoted.
  package func otherReleases(after current: ReleaseID) throws -> [OtherRelease] {
    try ledger.releases().filter { release in
      guard release.id > current else { return false }
      return release.promotion != nil || [.staged, .published].contains(release.state)
    }.map {
      OtherRelease(
        try snapshot(of: $0.id, pushes: $0.pushes), wasCurrent: $0.promotion != nil)
    }
  }

  /// The blocks that the release of ``servedRelease()`` was composed with; nil where nobody
  /// knows of any.
  package func recordedBlocks() throws -> [BlockedEntry]? {
    guard let current = try servedRelease() else { return nil }
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
        let tree = release.tree(.updates) ?? release.stableTrees.last
        return ReleaseHistory(
          release: release.id, state: release.state, newest: try newestBuilds(of: release.id),
          retired: Dictionary(
            try retired(by: release.id).map { ($0.package, $0) }
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

  /// The day on which each release was composed, the last time, by its ID as text;
  /// without those of which the ledger has no history, such as one made anew from disk.
  package func cuts() throws -> [String: CalendarDate] {
    try ledger.events().reduce(into: [:]) { days, event in
      guard event.command == OperationKind.compose.rawValue, !event.isUndone else { return }
      days[event.release] = CalendarDate(secondsSince1970: event.at)
    }
  }

  /// What left with `release`: retired by it, and carried by the release that was
  /// current before. What it retires that nobody had any more is not among it.
  package func departures(with release: ReleaseRecord) throws -> [RetirementRecord] {
    let retired = try ledger.retirements(of: release.id)
    guard let previous = release.previous, try ledger.release(previous) != nil else {
      return retired
    }
    let carried = Set(try newestBuilds(of: previous).keys)
    return retired.filter { carried.contains($0.package) }
  }

  /// Packages that came back with `release`: its cut has them, an earlier release had
  /// retired them, and the one before did not have them; by name, with the release
  /// that had retired them.
  package func returned(with release: ReleaseRecord) throws -> [String: ReleaseID] {
    let retired = try retiredPackages(before: release.id)
    if retired.isEmpty { return [:] }
    let builds = Set(try ledger.builds(of: release.id).filter { $0.push == 0 }.map(\.package))
    let before = try release.previous.map { try newestBuilds(of: $0) } ?? [:]
    return retired.filter { builds.contains($0.key) && before[$0.key] == nil }
  }

  /// Packages that were retired by their markers and did not come back since, with
  /// the release that left them out; of releases that users have or had.
  ///
  /// - Parameters:
  ///   - end: only releases before it count; nil for all.
  ///   - last: the last one that counts: what a later one retired, users of it still have.
  package func retiredPackages(
    before end: ReleaseID? = nil, upTo last: ReleaseID? = nil
  ) throws -> [String: ReleaseID] {
    var retired: [String: ReleaseID] = [:]
    let releases = try ledger.releases().filter { release in
      release.promotion != nil && end.map { release.id < $0 } != false
        && last.map { release.id <= $0 } != false
    }
    for release in releases.sorted(by: { $0.id < $1.id }) {
      for record in try ledger.retirements(of: release.id) {
        // One that had left before still has its marker.
        retired[record.package] = retired[record.package] ?? release.id
      }
      // Earlier versions of the program did not record it where a block hid the
      // marker.
      for blocked in try ledger.hubSnapshot(of: release.id)?.blocked ?? []
      where blocked.marker != nil {
        retired[blocked.package] = retired[blocked.package] ?? release.id
      }
      if retired.isEmpty { continue }
      for package in try newestBuilds(of: release.id).keys { retired[package] = nil }
    }
    return retired
  }
}

extension StreamContext {
  private func newestBuilds(
    of release: ReleaseID
  ) throws -> [String: ReleaseSnapshot.CarriedBuild] {
    // Ordered by push: the later one replaces the earlier.
    Dictionary(
      try ledger.builds(of: release).filter { $0.unlisted == nil }.map {
        ($0.package, ReleaseSnapshot.CarriedBuild($0))
      }
    ) { $1 }
  }
}

extension ReleaseSnapshot.CarriedBuild {
  fileprivate init(_ record: BuildRecord) {
    self.init(
      nvr: record.nvr, evr: record.evr, push: record.push, marker: record.marker?.marker,
      markerRPM: record.marker?.rpm)
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
