import ReleaseModel

/// Builds of one package that are live at once: one for each module stream that has it.
struct SideBySide {
  /// By package, where there are several.
  private let builds: [String: Set<NVR>]
  private let order: VersionOrder

  init(_ live: [Build], order: VersionOrder) {
    builds = Dictionary(grouping: live, by: \.package).filter { $1.count > 1 }
      .mapValues { Set($0.map(\.nvr)) }
    self.order = order
  }

  /// Whether it is live beside another of its package: retention does not take it for an
  /// older version.
  func contains(_ nvr: NVR) -> Bool { builds[nvr.name]?.contains(nvr) == true }

  /// What users have in place of `build`: the newest of its package, or of several
  /// streams itself, else the newest of those before it that no other stream goes on with.
  /// The ledger does not know the stream of a build.
  func predecessor(
    of build: Build, in current: ReleaseSnapshot?
  ) -> ReleaseSnapshot.CarriedBuild? {
    guard let live = builds[build.package] else { return current?.newest[build.package] }
    let carried =
      current?.listed[build.package] ?? current?.newest[build.package].map { [$0] } ?? []
    if let same = carried.first(where: { $0.nvr == build.nvr }) { return same }
    return carried.filter { !live.contains($0.nvr) && order.isOlder($0.evr, than: build.evr) }
      .max { order.isOlder($0.evr, than: $1.evr) }
  }
}
