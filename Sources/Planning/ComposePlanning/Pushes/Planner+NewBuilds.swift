import ComposePolicy
import ReleaseModel

extension Planner {
  /// Builds that a push brings, and what it says of them.
  struct Bringing {
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

  func bringing(
    _ current: ReleaseSnapshot, _ inventory: Inventory, _ selection: UpdateSelection
  ) -> Bringing {
    var found = Bringing(warnings: inventory.warnings)
    let sideBySide = SideBySide(inventory.builds, order: order)
    for build in inventory.builds {
      let before = sideBySide.predecessor(of: build, in: current)
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

  func update(
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
    let signatures = findings.signatures(allowing: allowUnsigned)
    let left =
      inventory.liveVersions.map {
        leftBuilds(
          current, live: $0, blocked: Set((inventory.blocked ?? []).map(\.package)))
      } ?? []
    let serial = current.pushes.addingClamped(1)
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
        + findings.conflicts() + findings.unlistable() + contents.refusals
        + signatures.refusals,
      warnings: signatures.warnings + others + signatures.others(found.warnings)
        + left.map(\.leftFinding)
        + contents.warnings + news(current, inventory, found.pushed))
  }

  /// Leaves out each build that nobody has signed yet, or whose files the build system
  /// lacks, instead of stopping the push for it. One whose signature is there and not
  /// good, or whose files are damaged, stops it all the same.
  func leaveOutUnfit(
    _ found: inout Bringing, _ refusals: inout [Finding], _ inventory: Inventory
  ) {
    let decision = Retirement.Decision(live: found.pushed, retired: [], warnings: [])
    let findings = PlanFindings(
      policy: policy, inventory: inventory, decision: decision, order: order)
    let signatures = findings.signatures()
    let stopping = Set(signatures.filter { !$0.isMissingSignature }.compactMap(\.package))
    let unfit = Dictionary(
      (signatures.filter(\.isMissingSignature) + findings.unlistable()
        + refusals.filter(\.canBeLeftOut)).compactMap { finding in
          finding.package.map { ($0, finding) }
        }
    ) { first, _ in first }.filter { !stopping.contains($0.key) }
    for build in found.pushed {
      guard let finding = unfit[build.package] else { continue }
      found.skipped.append(SkippedEntry(build.nvr, because: finding.message))
    }
    found.keep { unfit[$0.package] == nil }
    // What the build system has no build to show for, too.
    found.warnings += refusals.filter(\.canBeLeftOut)
    refusals.removeAll(where: \.canBeLeftOut)
  }

  /// Held builds that the tree lists, because another release was current when
  /// they were taken out: they leave. Those that the push names again stay.
  func held(
    _ inventory: Inventory, _ selection: UpdateSelection
  ) -> (leaving: [UnlistedEntry], lifted: [NVR]) {
    var (leaving, lifted): ([UnlistedEntry], [NVR]) = ([], [])
    // Few are held of the thousands that are listed: only those are put in order.
    let held = inventory.updates.versions.values.joined().filter { $0.unlisted == nil }
      .compactMap { version in inventory.holds[version.nvr].map { (version, $0) } }
    for (version, hold) in held.sorted(by: { $0.0.nvr.description < $1.0.nvr.description }) {
      if selection.again.contains(version.nvr.description) {
        lifted.append(version.nvr)
      } else {
        leaving.append(UnlistedEntry(version, hold.cause))
      }
    }
    return (leaving, lifted)
  }

  /// What the selection names and the push does not do.
  func unmet(
    _ selection: UpdateSelection, _ found: Bringing, lifted: [NVR], _ inventory: Inventory
  ) -> [Finding] {
    let pushed = Set((found.pushed.map(\.nvr) + lifted).map(\.description))
      .union(inventory.liftedAdvisories)
    let skipped = Set(found.skipped.map(\.nvr.description))
    let holds = Dictionary(
      inventory.holds.values.map { ($0.nvr.description, $0) }
    ) { first, _ in first }
    let missing = selection.named.subtracting(pushed).sorted().map { nvr in
      if let entry = found.skipped.first(where: { $0.nvr.description == nvr }) {
        return Finding(
          code: "left-out", message: "\(nvr) is named, and left out: \(entry.reason)",
          remedy: "Mend that first, or push without it", package: entry.package)
      }
      if let hold = holds[nvr], !selection.again.contains(nvr) {
        return hold.finding("is held", remedy: "Push a newer build")
      }
      if let hold = holds[nvr],
        let live = inventory.builds.first(where: { $0.package == hold.nvr.name }),
        live.nvr != hold.nvr
      {
        return Finding(
          code: "not-live",
          message: "\(nvr) is not live: \(live.nvr) is"
            + (inventory.holds[live.nvr] == nil ? "" : ", which is held as well"),
          remedy: "Untag \(live.nvr) in the build system, or take it out of --rpms, so that "
            + "\(nvr) is the newest; or push a newer build", package: live.package)
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
  func news(
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
  func overtaken(_ build: Build, _ inventory: Inventory) -> [Finding] {
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
  func contents(
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
  func expired(
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
    let sideBySide = SideBySide(inventory.builds, order: order)
    return versions.sorted { $0.key < $1.key }.flatMap { rule.leaving($0.value) }
      .filter { inventory.irreplaceable[$0.nvr] == nil && !sideBySide.contains($0.nvr) }
  }
}
