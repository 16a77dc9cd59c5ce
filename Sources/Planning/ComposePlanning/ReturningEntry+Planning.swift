import ReleaseModel

extension ReturningEntry {
  /// Nil where users get what they have, or had and nobody retired.
  ///
  /// - Parameters:
  ///   - nvr: what users will get of `package`; it has no marker.
  ///   - before: what they have of it; nil for nothing.
  ///   - retired: packages that earlier releases retired, with the release.
  init?(
    _ package: String, nvr: NVR, after before: ReleaseSnapshot.CarriedBuild?,
    _ retired: [String: ReleaseID]
  ) {
    switch before {
    case nil:
      guard let release = retired[package] else { return nil }
      self.init(package: package, nvr: nvr, retiredBy: release, marked: nil)
    case let before? where before.marker != nil:
      self.init(package: package, nvr: nvr, retiredBy: nil, marked: before.nvr)
    default: return nil
    }
  }
}

extension PushPlan {
  /// Packages that users get again, or keep, once `builds` have come, `relisted`
  /// are listed again and `unlisted` are not, although a marker had retired
  /// them: whatever the reason of the push.
  static func returning(
    bringing builds: [Build], relisting relisted: [BuildEntry], unlisting unlisted: [UnlistedEntry],
    _ current: ReleaseSnapshot, _ inventory: Inventory
  ) -> [ReturningEntry] {
    let pushed = Dictionary(builds.map { ($0.package, $0) }) { first, _ in first }
    let (back, gone) = (Set(relisted.map(\.nvr)), Set(unlisted.map(\.nvr)))
    let touched = Set(pushed.keys).union(relisted.map(\.package)).union(unlisted.map(\.package))
    return touched.sorted().compactMap { package in
      let after: (nvr: NVR, hasMarker: Bool)?
      if let build = pushed[package] {
        after = (build.nvr, build.marker != nil)
      } else {
        // In the order of pushes: the last that is listed is what users get.
        after = inventory.updates.versions[package]?.last { version in
          back.contains(version.nvr) || (version.unlisted == nil && !gone.contains(version.nvr))
        }.map { ($0.nvr, $0.hasMarker) }
      }
      guard let after, !after.hasMarker else { return nil }
      return ReturningEntry(
        package, nvr: after.nvr, after: current.newest[package], inventory.retiredEarlier)
    }
  }
}
