import ComposePolicy
import ReleaseModel

/// What cannot be installed any more once the packages that leave are gone: the
/// resolved dependencies as entries and findings of a plan.
struct BlastRadius {
  private let resolution: DependencyResolution?
  private let owners: [String: String]
  private let text: BreakageText

  init(inventory: Inventory, decision: Retirement.Decision, arches: Int) {
    resolution = inventory.dependencies
    owners = inventory.owners
    text = BreakageText(
      RemovedPackages(
        retired: Dictionary(decision.retired.map { ($0.package, $0.text) }) { first, _ in first },
        blocked: Set((inventory.blocked ?? []).map(\.package)),
        present: Dictionary(decision.live.map { ($0.package, $0.evr) }) { first, _ in first }),
      arches: arches)
  }

  /// `entry` with what cannot be installed without its package.
  func withBreakage(_ entry: RetiredEntry) -> RetiredEntry {
    var entry = entry
    entry.breakage = breakage(of: entry.package)
    entry.breaks = entry.breakage?.map(\.package)
    return entry
  }

  /// The same of a blocked package.
  func withBreakage(_ entry: BlockedEntry) -> BlockedEntry {
    var entry = entry
    entry.breakage = breakage(of: entry.package)
    entry.breaks = entry.breakage?.map(\.package)
    return entry
  }

  private func breakage(of package: String) -> [Breakage]? {
    resolution.map { text.breakages(of: package, in: $0.broken, owners: owners) }
  }

  /// What the check of the closure will find in `release`, said beforehand,
  /// with what the policy will let pass.
  func warnings(_ gate: GatePolicy, in release: ReleaseID) -> [Finding] {
    guard let resolution, gate.level(of: .closure) != .off else { return [] }
    let findings = text.findings(resolution.broken).map { finding -> Finding in
      gate.waiver(for: finding, of: .closure, in: release).map(finding.waived) ?? finding
    }
    return resolution.problems + findings + text.findings(lost: resolution.lost)
  }
}
