import ComposePolicy
package import ReleaseModel

/// The complete description of one push into the current updates tree.
package struct PushPlan: Codable, Sendable {
  package let stream: String
  package let release: ReleaseID
  /// 1 for the first push after the cut.
  package let serial: Int
  package let kind: PushKind
  /// What a person said of a withdrawal or an undo; null for an update.
  @OrNull package var reason: String?
  /// Serial of the push that it takes back.
  @OrNull package var undoes: Int?
  package let buildSystem: String
  package let allowUnsigned: Bool
  package let updated: [UpdateEntry]
  package let added: [BuildEntry]
  /// Packages whose pushed build carries a marker: they leave with the next
  /// release.
  package let retiring: [RetiredEntry]
  /// Builds that are not listed any more; their files stay for the grace time.
  package let unlisted: [UnlistedEntry]
  /// Builds in the tree that are listed again.
  package let relisted: [BuildEntry]
  /// That users have not got yet.
  package let advisories: [AdvisoryEntry]
  /// What else changes, sentences.
  package let changes: [String]
  package let refusals: [Finding]
  package let warnings: [Finding]
  package fileprivate(set) var steps: [String]
  /// Builds that are pushed, complete.
  package let builds: [Build]
  /// `<revision>` of the tree's repositories after the push.
  package let revision: Int

  /// Whether users would notice nothing.
  package var isEmpty: Bool {
    builds.isEmpty && unlisted.isEmpty && relisted.isEmpty && advisories.isEmpty && changes.isEmpty
  }
}

/// A build that leaves the lists of a tree.
package struct UnlistedEntry: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: NVR
  package let cause: UnlistingCause

  init(_ version: UpdatesState.Version, _ cause: UnlistingCause) {
    package = version.nvr.name
    nvr = version.nvr
    self.cause = cause
  }
}

/// What a push is asked for.
package enum PushRequest: Hashable, Sendable {
  /// Everything live that users do not have.
  ///
  /// - Parameter again: NVRs that were taken out before and may come back.
  case update(again: Set<String>)
  case withdraw(Set<String>, reason: String)
  /// The newest push that was not taken back yet.
  case undo(reason: String)
}

extension Planner {
  /// The push of everything live that is newer than what the current updates
  /// tree has; or builds taken out; or an earlier push taken back.
  ///
  /// A package that is new and retired at once is not pushed: it would leave
  /// before anyone used it.
  ///
  /// - Parameter now: seconds since 1970, for versions that stay by age.
  package func push(
    _ request: PushRequest = .update(again: []), from inventory: Inventory, now: Int,
    allowUnsigned: Bool
  ) throws -> PushPlan {
    guard let current = inventory.current else {
      throw ComposeError(
        .refused, policy.stream, "it has no current release to push updates to",
        remedy: "Compose, publish and promote a release first")
    }
    switch request {
    case .update(let again):
      return update(current, inventory, again: again, now: now, allowUnsigned)
    case .withdraw(let nvrs, let reason):
      return withdrawal(of: nvrs, reason, current, inventory)
    case .undo(let reason): return undo(reason, current, inventory)
    }
  }

  // MARK: New builds

  /// Builds that a push brings, and what it says of them.
  private struct Bringing {
    var pushed: [Build] = []
    var updated: [UpdateEntry] = []
    var added: [BuildEntry] = []
    var warnings: [Finding] = []
  }

  private func bringing(
    _ current: ReleaseSnapshot, _ inventory: Inventory, again: Set<String>
  ) -> Bringing {
    var found = Bringing(warnings: inventory.warnings)
    for build in inventory.builds {
      let before = current.newest[build.package]
      if before?.nvr == build.nvr { continue }
      if let held = inventory.updates.heldVersion(build.nvr), !again.contains(build.nvr.description)
      {
        found.warnings.append(Self.held(build.nvr, held.unlisted))
        continue
      }
      guard let before else {
        if build.marker == nil {
          found.pushed.append(build)
          found.added.append(BuildEntry(build))
        }
        continue
      }
      if order.isOlder(build.evr, than: before.evr) {
        found.warnings.append(
          Finding(
            code: "older-than-current",
            message: "\(build.nvr) is older than \(before.nvr), which users have: not pushed",
            remedy: "Build a newer one"))
        continue
      }
      found.pushed.append(build)
      found.updated.append(
        UpdateEntry(
          package: build.package, nvr: build.nvr, from: before.evr.description,
          to: build.evr.description))
    }
    return found
  }

  private static func held(_ nvr: NVR, _ cause: UnlistingCause?) -> Finding {
    let how = cause == .withdrawn ? "it was withdrawn" : "the push that brought it was undone"
    return Finding(
      code: "held", message: "\(nvr) is live, but \(how): not pushed again",
      remedy: "Untag it in the build system, or push it with --again \(nvr)", package: nvr.name)
  }

  private func update(
    _ current: ReleaseSnapshot, _ inventory: Inventory, again: Set<String>, now: Int,
    _ allowUnsigned: Bool
  ) -> PushPlan {
    var found = bringing(current, inventory, again: again)
    var decision = Retirement.decide(found.pushed, RepositoryAssignment(policy: policy))
    found.warnings += decision.warnings
    let kept = Set(decision.live.map(\.nvr)).union(
      found.pushed.filter { $0.marker != nil }.map(\.nvr))
    found.pushed.removeAll { !kept.contains($0.nvr) }
    found.updated.removeAll { entry in !found.pushed.contains { $0.package == entry.package } }
    found.added.removeAll { entry in !found.pushed.contains { $0.package == entry.package } }
    for index in decision.retired.indices { decision.retired[index].wasCarried = true }
    // Signatures are asked for of everything pushed, retiring or not.
    decision.live = found.pushed
    let findings = PlanFindings(policy: policy, inventory: inventory, decision: decision)
    let signatures = findings.signatures()
    let serial = current.pushes + 1
    let expired = expired(inventory.updates, bringing: found.pushed, serial: serial, now: now)
    let missing = again.subtracting(found.pushed.map(\.nvr.description)).sorted().map { nvr in
      Finding(
        code: "not-live", message: "\(nvr) is not live, or users have it: it cannot come again",
        remedy: "Tag it in the build system first")
    }
    let contents = contents(current, inventory, pushed: found.pushed)
    return plan(
      .update, current, inventory, found, retiring: decision.retired,
      unlisted: expired.map { UnlistedEntry($0, .retention) }, allowUnsigned,
      refusals: inventory.refusals + missing + findings.conflicts() + contents.refusals
        + (allowUnsigned ? [] : signatures),
      warnings: (allowUnsigned ? signatures : []) + found.warnings + contents.warnings)
  }

  /// RPMs whose names users know with other contents: in the way of a push that
  /// has them, else only told.
  private func contents(
    _ current: ReleaseSnapshot, _ inventory: Inventory, pushed: [Build]
  ) -> (refusals: [Finding], warnings: [Finding]) {
    let names = Set(pushed.flatMap(\.rpms).map(\.nevra))
    let inWay = inventory.replaced.filter { names.contains($0.nevra) }
    let others = inventory.replaced.filter { !names.contains($0.nevra) }
    var judged = policy.gate.judged(
      ReplacedRPM.findings(inWay, against: current.release), of: .contents, in: current.release)
    if policy.gate.level(of: .contents) != .off {
      judged.warnings += ReplacedRPM.findings(others, against: current.release).map { finding in
        Finding(
          code: finding.code, message: "\(finding.message): it stays as it is",
          remedy: finding.remedy, package: finding.package, rpms: finding.rpms)
      }
    }
    return judged
  }

  /// What the policy does not keep once `builds` are there.
  private func expired(
    _ state: UpdatesState, bringing builds: [Build], serial: Int, now: Int
  ) -> [UpdatesState.Version] {
    let rule = RetentionRule(
      retention: policy.areas[.updates]?.keeps ?? .all, order: order,
      times: Dictionary(state.pushes.map { ($0.serial, $0.at) }) { first, _ in first }
        .merging([serial: now]) { $1 }, now: now)
    var versions = state.versions
    for build in builds {
      versions[build.package, default: []].removeAll { $0.nvr == build.nvr }
      versions[build.package, default: []].append(
        UpdatesState.Version(nvr: build.nvr, evr: build.evr, push: serial, unlisted: nil))
    }
    return versions.sorted { $0.key < $1.key }.flatMap { rule.leaving($0.value) }
  }

  // MARK: Taking back

  private func withdrawal(
    of nvrs: Set<String>, _ reason: String, _ current: ReleaseSnapshot, _ inventory: Inventory
  ) -> PushPlan {
    let listed = inventory.updates.versions.values.joined().filter { $0.unlisted == nil }
    let leaving = listed.filter { nvrs.contains($0.nvr.description) }
      .sorted { $0.nvr.description < $1.nvr.description }
    let unknown = nvrs.subtracting(leaving.map(\.nvr.description)).sorted().map { nvr in
      Finding(
        code: "not-listed", message: "\(nvr) is not listed in the updates of \(current.release)",
        remedy: "Write it as name-version-release of a build that users can get")
    }
    let gone = Set(leaving.map(\.nvr))
    let warnings = leaving.filter { version in
      !listed.contains { $0.nvr.name == version.nvr.name && !gone.contains($0.nvr) }
    }.map { version in
      Finding(
        code: "nothing-left", message: "users can get no other version of \(version.nvr.name)",
        remedy: "Push a newer one soon", package: version.nvr.name)
    }
    return plan(
      .withdrawal, reason: reason, current, inventory, Bringing(),
      unlisted: leaving.map { UnlistedEntry($0, .withdrawn) }, refusals: unknown,
      warnings: warnings)
  }

  private func undo(
    _ reason: String, _ current: ReleaseSnapshot, _ inventory: Inventory
  ) -> PushPlan {
    let state = inventory.updates
    guard let push = state.newestStanding else {
      return plan(
        .undo, reason: reason, current, inventory, Bringing(),
        refusals: [
          Finding(
            code: "nothing-to-undo", message: "\(current.release) has no push that could be undone",
            remedy: "Take single builds out with --withdraw")
        ])
    }
    let versions = Dictionary(
      state.versions.values.joined().map { ($0.nvr, $0) }
    ) { first, _ in first }
    let leaving = push.listed.compactMap { versions[$0] }.filter { $0.unlisted == nil }
    let back = push.unlisted.compactMap { versions[$0] }.filter { $0.unlisted != nil }
    return plan(
      .undo, reason: reason, undoes: push.serial, current, inventory, Bringing(),
      unlisted: leaving.map { UnlistedEntry($0, .undone) },
      relisted: back.map { BuildEntry(package: $0.nvr.name, nvr: $0.nvr) })
  }

  // MARK: The plan

  private func plan(
    _ kind: PushKind, reason: String? = nil, undoes: Int? = nil, _ current: ReleaseSnapshot,
    _ inventory: Inventory, _ found: Bringing, retiring: [RetiredEntry] = [],
    unlisted: [UnlistedEntry] = [], relisted: [BuildEntry] = [], _ allowUnsigned: Bool = false,
    refusals: [Finding] = [], warnings: [Finding] = []
  ) -> PushPlan {
    let times = BuildTimes(
      of: found.pushed, for: current.release, now: inventory.now, policy: policy)
    var plan = PushPlan(
      stream: policy.stream, release: current.release, serial: current.pushes + 1, kind: kind,
      reason: reason, undoes: undoes, buildSystem: inventory.buildSystem,
      allowUnsigned: allowUnsigned, updated: found.updated, added: found.added,
      retiring: retiring, unlisted: unlisted, relisted: relisted,
      advisories: inventory.news.advisories, changes: inventory.news.changes, refusals: refusals,
      warnings: warnings + times.warnings, steps: [], builds: found.pushed,
      revision: max(times.newest, inventory.revisionFloor + 1))
    if !plan.isEmpty { plan.steps = steps(plan) }
    return plan
  }

  private func steps(_ plan: PushPlan) -> [String] {
    guard let tree = policy.tree(.updates, of: plan.release) else { return [] }
    let assignment = RepositoryAssignment(policy: policy)
    let count = plan.builds.flatMap(\.rpms).reduce(0) { $0 + assignment.repositories(of: $1).count }
    let path = "\(policy.roots.public)/\(tree.path)"
    return
      (plan.builds.isEmpty
      ? [] : ["link \(count) RPM files of \(plan.builds.count) builds into \(path)"])
      + (plan.unlisted.isEmpty
        ? []
        : [
          "take \(plan.unlisted.count) builds out of the lists of \(path); their files stay for "
            + "\(policy.clocks.grace)"
        ])
      + (plan.relisted.isEmpty ? [] : ["list \(plan.relisted.count) builds of \(path) again"])
      + [
        "write new metadata beside the old",
        "replace repomd.xml of \(assignment.paths.count) repositories",
      ]
  }
}
