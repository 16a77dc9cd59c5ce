import ComposePolicy
import KojiClient
import ReleaseModel

/// Chooses, of all builds in the live tag, the one of each package that is
/// live.
///
/// "Latest" means the build that was tagged last in Koji, and the one with the
/// highest EVR to every client. Where they differ, somebody has tagged an old
/// build again, or a new one too early: the plan warns, so that a person decides.
struct LiveChoice {
  /// Sorted by package.
  private(set) var builds: [TaggedBuild] = []
  private(set) var warnings: [Finding] = []

  /// - Parameter tagged: every build in the live tag, in any order.
  init(of tagged: [TaggedBuild], by latest: KojiNames.Latest, tag: String, order: VersionOrder) {
    for (package, all) in Dictionary(grouping: tagged, by: \.nvr.name) {
      let candidates = all.sorted { ($0.taggedAt, $0.id) > ($1.taggedAt, $1.id) }
      guard let last = candidates.first else { continue }
      let highest = candidates.dropFirst().reduce(last) { best, build in
        order.isOlder(best.evr, than: build.evr) ? build : best
      }
      let live = latest == .tagged ? last : highest
      builds.append(live)
      if highest.id != last.id {
        warnings.append(
          Finding(
            code: "latest-not-highest",
            message: "\(package): \(last.nvr) was tagged last into \(tag), but \(highest.nvr) is "
              + "higher; \(live.nvr) is taken",
            remedy: "Untag the wrong one of the two, or choose with 'koji.latest' of the policy"))
      }
    }
    builds.sort { $0.nvr.name < $1.nvr.name }
    warnings.sort { $0.message < $1.message }
  }
}
