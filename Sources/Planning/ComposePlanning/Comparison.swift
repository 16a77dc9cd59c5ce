import ReleaseModel

/// What changes from the current release to the planned one.
struct Comparison {
  private(set) var carried: [BuildEntry] = []
  private(set) var updated: [UpdateEntry] = []
  private(set) var added: [BuildEntry] = []
  private var older: [(build: Build, current: EVR)] = []
  private var missing: [String] = []

  init(live: [Build], current: ReleaseSnapshot?, order: VersionOrder) {
    var unseen = Set(current.map { $0.newest.keys } ?? [:].keys)
    for build in live {
      unseen.remove(build.package)
      guard let before = current?.newest[build.package] else {
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
    missing = unseen.sorted()
  }

  func warnings(retired: [RetiredEntry]) -> [Finding] {
    let retiredNames = Set(retired.map(\.package))
    return older.map { build, current in
      Finding(
        code: "older-than-current",
        message: "\(build.package) would go back from \(current) to \(build.evr)",
        remedy: "Build a newer one, or accept that users keep the newer they have")
    }
      + missing.filter { !retiredNames.contains($0) }.map { package in
        Finding(
          code: "vanished",
          message: "\(package) is in the current release, but has no live build and no marker",
          remedy: "Restore its build, or retire it with a %doc file README-RETIRED.txt")
      }
  }
}
