import ComposePolicy
import ReleaseModel

extension Planner {
  /// The push of everything live that is newer than what the current updates
  /// tree has; or builds taken out; or an earlier push taken back.
  ///
  /// A package that is new and retired at once is not pushed: it would leave
  /// before anyone used it.
  ///
  /// - Parameter now: seconds since 1970, for versions that stay by age.
  package func push(
    _ request: PushRequest = .update(), from inventory: Inventory, now: Int,
    allowUnsigned: Bool
  ) throws -> PushPlan {
    guard let current = inventory.current else {
      throw ComposeError(
        .refused, policy.stream, "it has no current release to push updates to",
        remedy: "Compose, publish and promote a release first")
    }
    switch request {
    case .update(let selection):
      return update(current, inventory, selection, now: now, allowUnsigned)
    case .withdraw(let nvrs, let reason):
      return withdrawal(of: nvrs, reason, current, inventory)
    case .undo(let reason): return undo(reason, current, inventory)
    }
  }

  func plan(
    _ kind: PushKind, reason: String? = nil, undoes: Int? = nil, _ current: ReleaseSnapshot,
    _ inventory: Inventory, _ found: Bringing, retiring: [RetiredEntry] = [],
    unlisted: [UnlistedEntry] = [], relisted: [BuildEntry] = [], lifted: [NVR] = [],
    _ allowUnsigned: Bool = false, left: [BuildEntry] = [], refusals: [Finding] = [],
    warnings: [Finding] = []
  ) -> PushPlan {
    let returning = PushPlan.returning(
      bringing: found.pushed, relisting: relisted, unlisting: unlisted, current, inventory)
    let times = BuildTimes(
      of: found.pushed, for: current.release, now: inventory.now, policy: policy)
    var plan = PushPlan(
      stream: policy.stream, release: current.release, serial: current.pushes.addingClamped(1),
      kind: kind,
      reason: reason, undoes: undoes, buildSystem: inventory.buildSystem,
      allowUnsigned: allowUnsigned, updated: found.updated, added: found.added,
      limited: RepositoryAssignment(policy: policy).limited(found.pushed), retiring: retiring,
      returning: returning, unlisted: unlisted, relisted: relisted, skipped: found.skipped,
      lifted: lifted, left: left, advisories: inventory.news.advisories,
      changes: inventory.news.changes, refusals: refusals,
      warnings: returning.map(\.finding) + warnings + times.warnings, steps: [],
      builds: found.pushed,
      revision: max(times.newest, inventory.revisionFloor.addingClamped(1)))
    if !plan.isEmpty { plan.steps = steps(plan) }
    return plan
  }

  func steps(_ plan: PushPlan) -> [String] {
    guard let tree = policy.tree(.updates, of: plan.release) else { return [] }
    let assignment = RepositoryAssignment(policy: policy)
    let count = plan.builds.flatMap(\.rpms).reduce(0) { $0 + assignment.repositories(of: $1).count }
    let path = "\(policy.roots.public)/\(tree.path)"
    return
      (plan.builds.isEmpty
      ? []
      : ["link \(count.counted("RPM file")) of \(plan.builds.count.counted("build")) into \(path)"])
      + (plan.unlisted.isEmpty
        ? []
        : [
          "take \(plan.unlisted.count.counted("build")) out of the lists of \(path); their files stay for "
            + "\(policy.clocks.grace)"
        ])
      + (plan.relisted.isEmpty
        ? [] : ["list \(plan.relisted.count.counted("build")) of \(path) again"])
      + [
        "write new metadata beside the old",
        "replace repomd.xml of "
          + assignment.paths.count.counted("repository", "repositories"),
      ]
  }
}
