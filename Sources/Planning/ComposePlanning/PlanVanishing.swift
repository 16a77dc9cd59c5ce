import ComposePolicy
import ReleaseModel

/// What of the current release a plan would take from users unasked, by the
/// level of the check `vanish`.
struct PlanVanishing {
  private(set) var refusals: [Finding] = []
  private(set) var warnings: [Finding] = []

  init(
    of release: ReleaseID, _ inventory: Inventory, _ decision: Retirement.Decision, policy: Policy
  ) {
    let level = policy.gate.level(of: .vanish)
    guard let current = inventory.current, level != .off else { return }
    let after = ServedContents(
      of: decision.live, by: RepositoryAssignment(policy: policy), groups: inventory.groups,
      modules: inventory.modules)
    // Where the trees cannot be read, the ledger knows the packages at least.
    let before = inventory.served ?? Self.recorded(current, policy)
    let retiring = current.newest.filter { $0.value.marker != nil }.keys
    let vanishing = Vanishing(
      from: before, of: current.release,
      to: after, of: release,
      deciding: Vanishing.Decisions(
        packages: Set(decision.retired.map(\.package)).union(retiring)
          .union((inventory.blocked ?? []).map(\.package)),
        obsoleted: inventory.obsoleted), policy: policy)
    warnings = vanishing.warnings
    let judged = policy.gate.judged(vanishing.findings, of: .vanish, in: release)
    refusals = judged.refusals
    warnings += judged.warnings
  }

  /// The source packages that the ledger knows of a release.
  private static func recorded(_ release: ReleaseSnapshot, _ policy: Policy) -> ServedContents {
    let path = RelativePath(policy.repositories.source.filled())
    let rpms = release.newest.map { package, build in
      ServedContents.RPM(
        nevra: NEVRA(name: package, evr: build.evr, arch: .src), package: package)
    }
    return ServedContents(repositories: path.map { [$0: rpms] } ?? [:])
  }
}
