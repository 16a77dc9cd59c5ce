import ComposePolicy
package import ReleaseModel

extension Planner {
  /// Makes a testing tree what its tag has: what is new there comes, and what left the tag, went
  /// stable or is held leaves. Testing is no archive: no older version stays.
  ///
  /// - Parameters:
  ///   - inventory: `builds` and `liveVersions` are those of the tag, and `current` is what users
  ///     of the release have; without `liveVersions` nobody was asked, and only what went stable
  ///     or is held leaves.
  ///   - present: what the tree lists now; nil where the release has no such tree yet.
  ///   - more: builds that go stable with the same command.
  ///   - skipsUnsigned: whether builds that are not signed as they should be are left out
  ///     instead of stopping it.
  ///
  /// Throws `refused` where nobody has the release.
  package func testing(
    from inventory: Inventory, having present: [Build]?, stable more: Set<NVR> = [],
    skippingUnsigned skipsUnsigned: Bool = false, allowUnsigned: Bool
  ) throws -> TestingPlan {
    guard let current = inventory.current else {
      throw ComposeError(
        .refused, policy.stream, "it has no release that could be tested beside",
        remedy: "Compose, publish and promote a release first")
    }
    let stable = StableBuilds(current, more)
    var found = entering(current, stable, inventory, beside: Set((present ?? []).map(\.nvr)))
    var refusals = inventory.refusals
    if skipsUnsigned { leaveOutUnfit(&found, &refusals, inventory) }
    let assignment = RepositoryAssignment(policy: policy)
    var decision = Retirement.decide(found.pushed, assignment)
    found.warnings += decision.warnings
    let kept = Set(decision.live.map(\.nvr) + decision.retired.map(\.nvr))
    found.keep { kept.contains($0.nvr) }
    for index in decision.retired.indices {
      decision.retired[index].wasCarried = current.newest[decision.retired[index].package] != nil
    }
    decision.live = found.pushed
    let findings = PlanFindings(
      policy: policy, inventory: inventory, decision: decision, order: order)
    let signatures = findings.signatures(allowing: allowUnsigned)
    let times = BuildTimes(
      of: found.pushed, for: current.release, now: inventory.now, policy: policy)
    var plan = TestingPlan(
      stream: policy.stream, release: current.release, buildSystem: inventory.buildSystem,
      allowUnsigned: allowUnsigned, begins: present == nil,
      entering: found.pushed.map { BuildEntry($0) },
      leaving: leaving(
        present ?? [], stable, inventory, bringing: Set(found.pushed.map(\.package))),
      retiring: decision.retired, skipped: found.skipped, advisories: inventory.news.advisories,
      changes: inventory.news.changes,
      refusals: refusals + findings.conflicts() + findings.unlistable()
        + signatures.refusals,
      warnings: signatures.warnings + signatures.others(found.warnings) + times.warnings,
      steps: [], builds: found.pushed,
      revision: max(times.newest, inventory.revisionFloor.addingClamped(1)))
    if !plan.isEmpty { plan.steps = steps(plan) }
    return plan
  }

  /// What users of a release get, or are about to.
  private struct StableBuilds {
    private let current: ReleaseSnapshot
    private let more: Set<NVR>

    init(_ current: ReleaseSnapshot, _ more: Set<NVR>) {
      self.current = current
      self.more = more
    }

    func has(_ nvr: NVR) -> Bool {
      more.contains(nvr) || current.newest[nvr.name]?.nvr == nvr
        || current.listed[nvr.name]?.contains { $0.nvr == nvr } == true
    }
  }

  private func entering(
    _ current: ReleaseSnapshot, _ stable: StableBuilds, _ inventory: Inventory,
    beside present: Set<NVR>
  ) -> Bringing {
    var found = Bringing(warnings: inventory.warnings)
    let sideBySide = SideBySide(inventory.builds, order: order)
    for build in inventory.builds where !present.contains(build.nvr) && !stable.has(build.nvr) {
      if let hold = inventory.holds[build.nvr] {
        found.warnings.append(
          hold.finding(
            "is in the testing tag, but held, and left out",
            remedy: "Untag it in the build system"))
        continue
      }
      if let before = sideBySide.predecessor(of: build, in: current),
        order.isOlder(build.evr, than: before.evr)
      {
        found.warnings.append(
          Finding(
            code: "older-than-stable",
            message: "\(build.nvr) is older than \(before.nvr), which users have: nobody would "
              + "test it", remedy: "Untag it, or build a newer one", package: build.package))
        continue
      }
      if build.rpms.contains(where: \.isModular) {
        found.warnings.append(
          Finding(
            code: "modular-in-testing",
            message: "\(build.nvr) is of a module: testing has no modules, so it is left out",
            remedy: "Test it from the build system", package: build.package))
        continue
      }
      found.pushed.append(build)
      found.added.append(BuildEntry(build))
    }
    return found
  }

  private func leaving(
    _ present: [Build], _ stable: StableBuilds, _ inventory: Inventory,
    bringing packages: Set<String>
  ) -> [LeavingEntry] {
    let tagged = inventory.liveVersions.map { versions in
      Set(
        versions.map {
          NVR(name: $0.key, version: $0.value.version, rpmRelease: $0.value.rpmRelease)
        }
          + inventory.builds.map(\.nvr))
    }
    return present.compactMap { build in
      if stable.has(build.nvr) { return LeavingEntry(build, .stable) }
      if inventory.holds[build.nvr] != nil { return LeavingEntry(build, .held) }
      if let newest = inventory.current?.newest[build.package],
        order.isOlder(build.evr, than: newest.evr)
      {
        return LeavingEntry(build, .overtaken)
      }
      guard let tagged, !tagged.contains(build.nvr) else { return nil }
      return LeavingEntry(build, packages.contains(build.package) ? .replaced : .untagged)
    }
  }

  private func steps(_ plan: TestingPlan) -> [String] {
    guard let tree = policy.tree(.testing, of: plan.release) else { return [] }
    let assignment = RepositoryAssignment(policy: policy)
    let count = plan.builds.flatMap(\.rpms).reduce(0) { $0 + assignment.repositories(of: $1).count }
    let path = "\(policy.roots.public)/\(tree.path)"
    var steps: [String] = []
    if plan.begins { steps.append("make \(path) without RPMs") }
    if !plan.builds.isEmpty {
      steps.append(
        "link \(count.counted("RPM file")) of \(plan.builds.count.counted("build")) into \(path)")
    }
    if !plan.leaving.isEmpty {
      steps.append(
        "take \(plan.leaving.count.counted("build")) out of the lists of \(path); their files stay "
          + "for \(policy.clocks.grace)")
    }
    if !plan.changesLists { return steps }
    return steps + [
      "write new metadata beside the old",
      "replace repomd.xml of " + assignment.paths.count.counted("repository", "repositories"),
    ]
  }
}
