package import ComposePolicy
package import ReleaseModel

/// Makes the plan of a compose. Pure: the same inventory and policy give the
/// same plan, byte for byte.
package struct Planner: Sendable {
  let policy: Policy
  let order: VersionOrder

  /// - Parameter order: RPM's order of versions, which this target does not
  ///   know.
  package init(policy: Policy, order: VersionOrder) {
    self.policy = policy
    self.order = order
  }

  /// - Parameter allowUnsigned: unsigned RPMs and those by unknown keys are
  ///   warnings instead of refusals.
  package func plan(
    _ release: ReleaseID, from inventory: Inventory, allowUnsigned: Bool
  ) throws -> Plan {
    var decision = Retirement.decide(inventory, RepositoryAssignment(policy: policy))
    for index in decision.retired.indices {
      let package = decision.retired[index].package
      decision.retired[index].wasCarried = inventory.current?.newest[package] != nil
    }
    let blast = BlastRadius(
      release, inventory: inventory, decision: decision, arches: policy.arches.count)
    decision.retired = decision.retired.map(blast.withBreakage)
    let vanishing = PlanVanishing(of: release, inventory, decision, policy: policy)
    let contents = policy.gate.judged(
      ReplacedRPM.findings(inventory.replaced, against: inventory.current?.release ?? release),
      of: .contents, in: release)
    let comparison = Comparison(live: decision.live, current: inventory.current, order: order)
    let findings = PlanFindings(
      policy: policy, inventory: inventory, decision: decision, order: order)
    let signatures = findings.signatures(allowing: allowUnsigned)
    let trees = try treePlans(release, builds: decision.live)
    let times = BuildTimes(
      of: decision.live, for: release, now: inventory.now, policy: policy)
    let newest = times.newest
    var plan = Plan(
      stream: policy.stream, release: release, previous: inventory.current?.release,
      respin: inventory.respin, buildSystem: inventory.buildSystem,
      event: inventory.event, branching: inventory.branching,
      composeTag: policy.composeTag(of: release),
      revision: max(newest, inventory.revisionFloor.addingClamped(1)),
      date: CalendarDate(secondsSince1970: newest).description, allowUnsigned: allowUnsigned,
      documents: inventory.documents == .none ? nil : inventory.documents.planned,
      carried: comparison.carried, updated: comparison.updated, added: comparison.added,
      retired: decision.retired,
      limited: RepositoryAssignment(policy: policy).limited(decision.live),
      blocked: inventory.blockedWithNews.map(blast.withBreakage),
      pending: inventory.pending,
      refusals: inventory.refusals + findings.refusals(of: release) + vanishing.refusals
        + contents.refusals + signatures.refusals,
      warnings: signatures.warnings + signatures.others(inventory.warnings) + decision.warnings
        + comparison.warnings + vanishing.warnings + contents.warnings
        + blast.warnings(policy.gate, in: release)
        + inventory.upgradeFindings.map {
          policy.gate.judged($0, of: .upgradePath, in: release)
        }
        + inventory.documentFindings.map {
          policy.gate.judged($0, of: .metadata, in: release)
        }
        + policy.gate.expiredWaivers(in: release) + findings.warnings(of: release)
        + times.warnings,
      trees: trees, forecast: forecast(trees, decision.live),
      steps: steps(release, trees, decision.live, from: inventory),
      leaving: inventory.dependencies?.leaving ?? [], builds: decision.live,
      policyDigest: try PlanDigest.of(policy),
      digest: Checksum(digest: []))
    let blocked = Set(plan.blocked.map(\.package))
    let unblocked = (inventory.blockedBefore ?? []).subtracting(blocked).sorted()
    if let assumed = inventory.dependencies?.assumed, policy.gate.level(of: .closure) != .off {
      plan.notes = [.assumed(assumed.count)].compactMap { $0 }
    }
    if inventory.blocked != nil, !unblocked.isEmpty { plan.unblocked = unblocked }
    plan.digest = PlanDigest.of(plan)
    return plan
  }

  private func treePlans(_ release: ReleaseID, builds: [Build]) throws -> [TreePlan] {
    let assignment = RepositoryAssignment(policy: policy)
    var counts: [RelativePath: (packages: Int, bytes: Int)] = [:]
    for rpm in builds.flatMap(\.rpms) {
      for repository in assignment.repositories(of: rpm) {
        counts[repository, default: (0, 0)].packages += 1
        let bytes = counts[repository]?.bytes ?? 0
        counts[repository, default: (0, 0)].bytes = bytes.addingClamped(rpm.size)
      }
    }
    return policy.trees(of: release).map { tree in
      let isEmpty = policy.beginsEmpty(tree.area)
      let counts = isEmpty ? [:] : counts
      return TreePlan(
        area: tree.area, path: tree.path, packages: counts.values.reduce(0) { $0 + $1.packages },
        bytes: counts.values.clampedSum { $0.bytes },
        repositories: assignment.paths.map {
          RepositoryPlan(path: $0, packages: counts[$0]?.packages ?? 0)
        })
    }
  }

  private func forecast(_ trees: [TreePlan], _ builds: [Build]) -> Plan.Forecast {
    // For each repository: itself, Packages, a directory a letter, repodata
    // with four files.
    let overhead = 64
    // A copy is made once; its further names are links to it.
    let assignment = RepositoryAssignment(policy: policy)
    let placed = builds.flatMap(\.rpms).filter { !assignment.repositories(of: $0).isEmpty }
    return Plan.Forecast(
      bytesIfCopied: placed.clampedSum { $0.size },
      inodes: trees.reduce(0) { $0 + $1.packages + $1.repositories.count * overhead })
  }

  private func steps(
    _ release: ReleaseID, _ trees: [TreePlan], _ builds: [Build], from inventory: Inventory
  ) -> [String] {
    let branching = inventory.branching.map {
      "take the live builds of \($0.former), from \(inventory.buildSystem)"
    }
    var steps =
      (branching.map { [$0] } ?? []) + [
        "tag \(builds.count.counted("build")) into \(policy.composeTag(of: release)) and read the tag back"
      ]
    for tree in trees {
      let isEmpty = policy.beginsEmpty(tree.area)
      let begins =
        isEmpty
        ? "without RPMs"
        : tree.area == .updates && policy.areas[.releases] != nil
          ? "as hard links of the release" : "from the build system's files"
      steps.append(
        "build \(policy.roots.staging)/\(tree.path) \(begins): \(tree.packages.counted("RPM")) in "
          + tree.repositories.count.counted("repository", "repositories"))
    }
    steps.append("write the test repository file \(policy.testRepositoryFile(of: release))")
    steps.append("check the staged trees")
    return steps
  }
}

extension Policy {
  /// Path of the .repo file for testing a staged release.
  package func testRepositoryFile(of release: ReleaseID) -> String {
    "\(roots.staging)/\(testRepositoryName(of: release))"
  }

  package func testRepositoryName(of release: ReleaseID) -> String {
    "\(stream)-\(release).repo"
  }
}
