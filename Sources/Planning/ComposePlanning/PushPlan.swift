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
  /// Builds whose noarch RPMs some architectures do not get; left out where
  /// there are none.
  package var limited: [LimitedEntry]?
  /// Packages whose pushed build carries a marker: they leave with the next
  /// release.
  package let retiring: [RetiredEntry]
  /// Packages that users get again, or keep, though a marker had retired them.
  package let returning: [ReturningEntry]
  /// Builds that are not listed any more; their files stay for the grace time.
  package let unlisted: [UnlistedEntry]
  /// Builds in the tree that are listed again.
  package let relisted: [BuildEntry]
  /// Builds that are new, but were left out of this push.
  package let skipped: [SkippedEntry]
  /// NVRs of builds that users have, and that were held: they may stay.
  package let lifted: [NVR]
  /// Builds that users have, and that are not live any more.
  package let left: [BuildEntry]
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
    builds.isEmpty && unlisted.isEmpty && relisted.isEmpty && lifted.isEmpty
      && advisories.isEmpty && changes.isEmpty
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

  // MARK: New builds

  /// Builds that a push brings, and what it says of them.
  private struct Bringing {
    var pushed: [Build] = []
    var updated: [UpdateEntry] = []
    var added: [BuildEntry] = []
    var skipped: [SkippedEntry] = []
    var warnings: [Finding] = []

    /// Builds that are not `wanted` are not pushed.
    mutating func keep(_ wanted: (Build) -> Bool) {
      pushed.removeAll { !wanted($0) }
      let packages = Set(pushed.map(\.package))
      updated.removeAll { !packages.contains($0.package) }
      added.removeAll { !packages.contains($0.package) }
    }
  }

  private func bringing(
    _ current: ReleaseSnapshot, _ inventory: Inventory, _ selection: UpdateSelection
  ) -> Bringing {
    var found = Bringing(warnings: inventory.warnings)
    for build in inventory.builds {
      let before = current.newest[build.package]
      if before?.nvr == build.nvr { continue }
      if let hold = inventory.holds[build.nvr], !selection.again.contains(build.nvr.description) {
        found.warnings.append(
          hold.finding(
            "is live, but held, and not pushed", remedy: "Untag it in the build system"))
        continue
      }
      guard selection.includes(build.nvr) else {
        if before == nil || !order.isOlder(build.evr, than: before?.evr ?? build.evr) {
          found.skipped.append(
            SkippedEntry(
              build.nvr,
              because: selection.skipped.contains(build.nvr.description)
                ? "--skip names it" : "the push names others"))
        }
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

  private func update(
    _ current: ReleaseSnapshot, _ inventory: Inventory, _ selection: UpdateSelection, now: Int,
    _ allowUnsigned: Bool
  ) -> PushPlan {
    var found = bringing(current, inventory, selection)
    var refusals = inventory.refusals
    if selection.skipsUnsigned { leaveOutUnfit(&found, &refusals, inventory) }
    var decision = Retirement.decide(found.pushed, RepositoryAssignment(policy: policy))
    found.warnings += decision.warnings
    let kept = Set(decision.live.map(\.nvr)).union(
      found.pushed.filter { $0.marker != nil }.map(\.nvr))
    found.keep { kept.contains($0.nvr) }
    for index in decision.retired.indices { decision.retired[index].wasCarried = true }
    // Signatures are asked for of everything pushed, retiring or not.
    decision.live = found.pushed
    let findings = PlanFindings(
      policy: policy, inventory: inventory, decision: decision, order: order)
    let signatures = findings.signatures()
    let left =
      inventory.liveVersions.map {
        leftBuilds(
          current, live: $0, blocked: Set((inventory.blocked ?? []).map(\.package)))
      } ?? []
    let serial = current.pushes + 1
    let expired = expired(inventory, bringing: found.pushed, serial: serial, now: now)
    // A build that is not in the push stops itself alone.
    let others = refusals.filter { finding in
      guard !selection.only.isEmpty, let package = finding.package else { return false }
      return !found.pushed.contains { $0.package == package }
    }
    refusals.removeAll(where: others.contains)
    let (leaving, lifted) = held(inventory, selection)
    let contents = contents(current, inventory, pushed: found.pushed)
    return plan(
      .update, current, inventory, found, retiring: decision.retired,
      unlisted: leaving + expired.map { UnlistedEntry($0, .retention) }, lifted: lifted,
      allowUnsigned, left: left,
      refusals: refusals + unmet(selection, found, lifted: lifted, inventory)
        + findings.conflicts() + contents.refusals + (allowUnsigned ? [] : signatures),
      warnings: (allowUnsigned ? signatures : []) + others + found.warnings
        + left.map(\.leftFinding)
        + contents.warnings + news(current, inventory, found.pushed))
  }

  /// Leaves out each build that is not signed as it should be, or that the build
  /// system refuses, instead of stopping the push for it.
  private func leaveOutUnfit(
    _ found: inout Bringing, _ refusals: inout [Finding], _ inventory: Inventory
  ) {
    let decision = Retirement.Decision(live: found.pushed, retired: [], warnings: [])
    let signatures = PlanFindings(
      policy: policy, inventory: inventory, decision: decision, order: order
    )
    .signatures()
    let unfit = Dictionary(
      (signatures + refusals).compactMap { finding in finding.package.map { ($0, finding) } }
    ) { first, _ in first }
    for build in found.pushed {
      guard let finding = unfit[build.package] else { continue }
      found.skipped.append(SkippedEntry(build.nvr, because: finding.message))
    }
    found.keep { unfit[$0.package] == nil }
    // What the build system has no build to show for, too.
    found.warnings += refusals.filter { $0.package != nil }
    refusals.removeAll { $0.package != nil }
  }

  /// Held builds that the tree lists, because another release was current when
  /// they were taken out: they leave. Those that the push names again stay.
  private func held(
    _ inventory: Inventory, _ selection: UpdateSelection
  ) -> (leaving: [UnlistedEntry], lifted: [NVR]) {
    var (leaving, lifted): ([UnlistedEntry], [NVR]) = ([], [])
    let listed = inventory.updates.versions.values.joined().filter { $0.unlisted == nil }
    for version in listed.sorted(by: { $0.nvr.description < $1.nvr.description }) {
      guard let hold = inventory.holds[version.nvr] else { continue }
      if selection.again.contains(version.nvr.description) {
        lifted.append(version.nvr)
      } else {
        leaving.append(UnlistedEntry(version, hold.cause))
      }
    }
    return (leaving, lifted)
  }

  /// What the selection names and the push does not do.
  private func unmet(
    _ selection: UpdateSelection, _ found: Bringing, lifted: [NVR], _ inventory: Inventory
  ) -> [Finding] {
    let pushed = Set((found.pushed.map(\.nvr) + lifted).map(\.description))
      .union(inventory.liftedAdvisories)
    let skipped = Set(found.skipped.map(\.nvr.description))
    let holds = Dictionary(
      inventory.holds.values.map { ($0.nvr.description, $0) }
    ) { first, _ in first }
    let missing = selection.named.subtracting(pushed).subtracting(skipped).sorted().map { nvr in
      if let hold = holds[nvr], !selection.again.contains(nvr) {
        return hold.finding("is held", remedy: "Push a newer build")
      }
      return Finding(
        code: "not-live", message: "\(nvr) is not live, or users have it: it cannot be pushed",
        remedy: "Write it as name-version-release of a build that is tagged and newer than what "
          + "users have")
    }
    let needless = selection.skipped.subtracting(skipped).sorted().map { nvr in
      Finding(
        code: "not-new", message: "\(nvr) would not be pushed: --skip has nothing to leave out",
        remedy: "Write it as name-version-release of a build that is new, or leave --skip out")
    }
    return missing + needless
  }

  /// What else users of this release and of others should know.
  private func news(
    _ current: ReleaseSnapshot, _ inventory: Inventory, _ pushed: [Build]
  ) -> [Finding] {
    newlyBlocked(current, inventory).map { package in
      Finding(
        code: "blocked", message: "\(package), which users have, is blocked by now",
        remedy: "The next release does not have it; unblock it if it should stay", package: package)
    }
      + inventory.irreplaceable.sorted { $0.key.description < $1.key.description }.map {
        nvr, rpms in
        Finding(
          code: "nothing-replaces",
          message: "\(nvr) stays listed: nothing replaces \(rpms.joined(separator: ", "))",
          remedy: "Let a newer package obsolete it, or withdraw \(nvr)", package: nvr.name)
      } + pushed.flatMap { overtaken($0, inventory) }
  }

  /// What a build is older than, or newer than: users who had something newer do not
  /// get it, and those who get it would lose it with the release that comes next.
  private func overtaken(_ build: Build, _ inventory: Inventory) -> [Finding] {
    let held = (inventory.updates.versions[build.package] ?? []).filter {
      $0.unlisted?.isHeld == true && order.isOlder(build.evr, than: $0.evr)
    }.map { version in
      Finding(
        code: "older-than-held",
        message: "\(build.nvr) is older than \(version.nvr), which users got before it was taken "
          + "out: they keep it", remedy: "Build one with a higher version, release or epoch",
        package: build.package)
    }
    let next = inventory.others.filter { !$0.wasCurrent }.compactMap { other -> Finding? in
      guard let has = other.snapshot.newest[build.package], order.isOlder(has.evr, than: build.evr)
      else { return nil }
      return Finding(
        code: "newer-than-next",
        message: "\(build.nvr) is newer than \(has.nvr), which \(other.snapshot.release) has: its "
          + "users would go back with that release",
        remedy: "Compose \(other.snapshot.release) again before it is promoted",
        package: build.package)
    }
    return held + next
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
    _ inventory: Inventory, bringing builds: [Build], serial: Int, now: Int
  ) -> [UpdatesState.Version] {
    let state = inventory.updates
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
      .filter { inventory.irreplaceable[$0.nvr] == nil }
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
    if let unknown = state.unknownPush(upTo: current.pushes) {
      // To take back the one before it would not be what was asked for.
      return plan(
        .undo, reason: reason, current, inventory, Bringing(),
        refusals: [
          Finding(
            code: "unknown-push",
            message: "what push \(unknown) into \(current.release) changed is not recorded",
            remedy: "Take single builds out with --withdraw")
        ])
    }
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
    // An update that took out what was held elsewhere decided nothing: to take it
    // back lifts no hold.
    let back = push.unlisted.compactMap { versions[$0] }.filter { version in
      guard version.unlisted != nil else { return false }
      guard let hold = inventory.holds[version.nvr] else { return true }
      return push.kind == .withdrawal && hold.release == current.release
    }
    var inventory = inventory
    let sentences = push.documents.map(\.undoing)
    inventory.news.changes = sentences + inventory.news.changes.filter { !sentences.contains($0) }
    let isVisible = !(leaving.isEmpty && back.isEmpty && push.documents.isEmpty)
    return plan(
      .undo, reason: reason, undoes: push.serial, current, inventory, Bringing(),
      unlisted: leaving.map { UnlistedEntry($0, .undone) },
      relisted: back.map { BuildEntry(package: $0.nvr.name, nvr: $0.nvr) },
      refusals: isVisible
        ? []
        : [
          Finding(
            code: "nothing-to-undo",
            message: "users see nothing any more of push \(push.serial) to \(current.release)",
            remedy: "Take single builds out with --withdraw")
        ])
  }

  // MARK: The plan

  private func plan(
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
      stream: policy.stream, release: current.release, serial: current.pushes + 1, kind: kind,
      reason: reason, undoes: undoes, buildSystem: inventory.buildSystem,
      allowUnsigned: allowUnsigned, updated: found.updated, added: found.added,
      limited: RepositoryAssignment(policy: policy).limited(found.pushed), retiring: retiring,
      returning: returning, unlisted: unlisted, relisted: relisted, skipped: found.skipped,
      lifted: lifted, left: left, advisories: inventory.news.advisories,
      changes: inventory.news.changes, refusals: refusals,
      warnings: returning.map(\.finding) + warnings + times.warnings, steps: [],
      builds: found.pushed,
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
