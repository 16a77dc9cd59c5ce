package import ReleaseModel

extension Planner {
  /// Builds that users have, and that are not live any more: nothing of their
  /// package is, or only something older. Sorted by package.
  ///
  /// Packages that are blocked are left out.
  package func leftBuilds(
    _ current: ReleaseSnapshot, live: [String: EVR], blocked: Set<String>
  ) -> [BuildEntry] {
    current.newest.filter { package, carried in
      guard !blocked.contains(package) else { return false }
      return live[package].map { order.isOlder($0, than: carried.evr) } ?? true
    }.map { BuildEntry(package: $0.key, nvr: $0.value.nvr) }
      .sorted { $0.package < $1.package }
  }

  /// Packages that users have, and that were blocked since the current release was
  /// composed.
  func newlyBlocked(_ current: ReleaseSnapshot, _ inventory: Inventory) -> [String] {
    guard let before = inventory.blockedBefore else { return [] }
    return (inventory.blocked ?? []).map(\.package).filter {
      !before.contains($0) && current.newest[$0] != nil
    }.sorted()
  }
}

extension BuildEntry {
  /// For a build that users have and that is not live any more.
  package var leftFinding: Finding {
    Finding(
      code: "left-live-tag", message: "\(nvr), which users have, is not live any more",
      remedy: "Tag it again, or build a newer one: the next release does not have it. To take it "
        + "from users now, withdraw it", package: package)
  }
}
