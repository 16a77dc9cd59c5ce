import ReleaseModel

/// What changes from the current release to the planned one.
struct Comparison {
  private(set) var carried: [BuildEntry] = []
  private(set) var updated: [UpdateEntry] = []
  private(set) var added: [BuildEntry] = []
  private var older: [(build: Build, current: EVR)] = []

  init(live: [Build], current: ReleaseSnapshot?, order: VersionOrder) {
    let sideBySide = SideBySide(live, order: order)
    for build in live {
      guard let before = sideBySide.predecessor(of: build, in: current) else {
        added.append(BuildEntry(build))
        continue
      }
      if before.nvr == build.nvr {
        carried.append(BuildEntry(build))
        continue
      }
      updated.append(
        UpdateEntry(
          package: build.package, nvr: build.nvr, from: before.evr.description,
          to: build.evr.description))
      if order.isOlder(build.evr, than: before.evr) { older.append((build, before.evr)) }
    }
  }

  var warnings: [Finding] {
    older.map { build, current in
      Finding(
        code: "older-than-current",
        message: "\(build.package) would go back from \(current) to \(build.evr)",
        remedy: "Build a newer one, or accept that users keep the newer they have")
    }
  }
}
