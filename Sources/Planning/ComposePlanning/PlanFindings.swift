import ComposePolicy
import ReleaseModel

/// What a release engineer must know before a compose.
struct PlanFindings {
  let policy: Policy
  let inventory: Inventory
  let decision: Retirement.Decision
  let order: VersionOrder

  /// RPMs without a signature by a key of the policy.
  func signatures() -> [Finding] {
    decision.live.flatMap(\.rpms).compactMap { rpm in
      let own = rpm.signatureFinding(floor: policy.gate.signing.digestFloor)
      // What cannot be read is not what the build system takes it for.
      if case .unreadable = rpm.signature { return own }
      return inventory.signatureFindings[rpm.fileName].map { finding in
        Finding(
          code: finding.code, message: finding.message, remedy: finding.remedy,
          package: finding.package ?? rpm.package, rpms: finding.rpms)
      } ?? own
    }
  }

  /// Findings about signatures: refusals and warnings.
  struct SignatureFindings {
    /// What stands in the way. Keys of the policy that are not there come first: without them,
    /// RPMs that they signed seem to be signed by nobody's key.
    let refusals: [Finding]
    /// What the operator lets pass.
    let warnings: [Finding]

    /// `findings` without the missing keys that are among the refusals.
    func others(_ findings: [Finding]) -> [Finding] {
      findings.filter { $0.code != Finding.missingKeyCode || !refusals.contains($0) }
    }
  }

  /// - Parameter allowUnsigned: whether the operator lets RPMs pass that no key of the policy
  ///   signed.
  func signatures(allowing allowUnsigned: Bool) -> SignatureFindings {
    let all = signatures()
    let refusals = allowUnsigned ? all.filter { !$0.isWaivedByAllowUnsigned } : all
    let missing =
      refusals.contains { $0.code == Finding.unknownKeyCode }
      ? inventory.warnings.filter { $0.code == Finding.missingKeyCode } : []
    return SignatureFindings(
      refusals: missing + refusals,
      warnings: allowUnsigned
        ? all.filter(\.isWaivedByAllowUnsigned).map(\.withUnsignedAllowed) : [])
  }

  /// RPMs that repositories would get, and whose metadata cannot be written.
  func unlistable() -> [Finding] {
    let assignment = RepositoryAssignment(policy: policy)
    return decision.live.flatMap(\.rpms)
      .filter { !$0.unlistable.isEmpty && !assignment.repositories(of: $0).isEmpty }
      .compactMap(\.unlistableFinding)
  }

  func refusals(of release: ReleaseID) -> [Finding] {
    var refusals: [Finding] = []
    if decision.live.isEmpty {
      refusals.append(
        Finding(
          code: "nothing-live", message: "\(inventory.buildSystem) has no live build",
          remedy: "Check that the right directory or tag is named"))
    }
    refusals += conflicts() + unlistable()
    // One that is composing was interrupted: the next compose undoes it first.
    if let state = inventory.states[release], state != .abandoned, state != .composing {
      refusals.append(
        Finding(
          code: "exists", message: "\(release) is \(state.rawValue) already",
          remedy: state == .staged || state == .published
            ? "Abandon it first: epel-compose abandon \(release)" : "Choose a later release"))
    }
    refusals += decision.live.compactMap { build in
      inventory.holds[build.nvr]?.finding(
        "is live, but held", remedy: "Untag it in the build system")
    }
    let planned = Set(decision.live.map(\.nvr))
    for nvr in inventory.composeTagBuilds.map(\.description).sorted()
    where !planned.contains(where: { $0.description == nvr }) {
      let tag = policy.composeTag(of: release)
      refusals.append(
        Finding(
          code: "tagged-too", message: "\(nvr) is in \(tag), but not planned",
          remedy: "If it is left from a compose that came to nothing, drop the tag: "
            + "epel-compose abandon \(release); else: koji untag-build \(tag.shellWord) \(nvr.shellWord)"
        ))
    }
    let tagged = Set(inventory.composeTagBuilds)
    if inventory.composeTagIsLocked, !planned.isSubset(of: tagged) {
      let tag = policy.composeTag(of: release)
      refusals.append(
        Finding(
          code: "tag-locked", message: "\(tag) is locked, and lacks builds of the plan",
          remedy: "Unlock it: koji edit-tag --unlock \(tag.shellWord)"))
    }
    if let current = inventory.current?.release, release < current {
      refusals.append(
        Finding(
          code: "older-release", message: "\(release) is older than \(current), which is current",
          remedy: "Choose a release after \(current)"))
    }
    return refusals + ReleaseMonth(of: release, policy: policy).refusals(inventory.states)
  }

  /// Files of one name in two builds: a sub-package that moved from one
  /// source to another, while both builds have it.
  func conflicts() -> [Finding] {
    var holders: [String: RPMFile] = [:]
    var findings: [Finding] = []
    for build in decision.live {
      for rpm in build.rpms {
        let name = rpm.fileName
        guard let holder = holders[name] else {
          holders[name] = rpm
          continue
        }
        if holder.sha256 == rpm.sha256 { continue }
        findings.append(.conflictingFiles(holder, rpm))
      }
    }
    return findings
  }

  func warnings(of release: ReleaseID) -> [Finding] {
    var warnings: [Finding] = []
    let machines = Set(decision.live.flatMap(\.rpms).map(\.nevra.arch))
      .filter { !$0.isSource && $0 != .noarch && !policy.arches.contains($0) }
      .filter { !policy.hasDropped($0, in: release) }
    for arch in machines.sorted() {
      let count = decision.live.flatMap(\.rpms).count { $0.nevra.arch == arch }
      warnings.append(.foreignArchitecture(arch, count: count))
    }
    if !policy.calendar.isEmpty,
      !policy.calendar.contains(where: { $0.minorRelease == release.minorRelease })
    {
      warnings.append(
        Finding(
          code: "not-in-calendar",
          message: "the calendar of \(policy.stream) has no \(release.minorRelease)",
          remedy: "Add its date to 'calendar' of the policy, or correct the release"))
    }
    if let permission = inventory.composeTagPermission {
      let tag = policy.composeTag(of: release)
      warnings.append(
        Finding(
          code: "tag-permission",
          message: "\(tag) takes builds only from accounts with the permission '\(permission)'",
          remedy: "Compose with such an account, or: koji edit-tag --no-perm \(tag.shellWord)"))
    }
    warnings += returning.map(\.finding) + behindRolledBack(release)
    return warnings + ReleaseMonth(of: release, policy: policy).warnings(now: inventory.now)
      + unacknowledged + contradictions()
  }

  /// Builds that are older than what a release had that was rolled back: users who
  /// had gone with it do not get them.
  private func behindRolledBack(_ release: ReleaseID) -> [Finding] {
    inventory.others.filter { $0.wasCurrent && $0.snapshot.release < release }.flatMap { other in
      decision.live.compactMap { build in
        guard let had = other.snapshot.newest[build.package],
          order.isOlder(build.evr, than: had.evr)
        else { return nil }
        return Finding(
          code: "older-than-rolled-back",
          message: "\(build.nvr) is older than \(had.nvr), which users of "
            + "\(other.snapshot.release) got before it was rolled back",
          remedy: "Build a newer one, or accept that they keep the newer they have",
          package: build.package)
      }
    }
  }

  /// Packages that the release has although a marker had retired them.
  var returning: [ReturningEntry] {
    decision.live.compactMap { build in
      ReturningEntry(
        build.package, nvr: build.nvr, after: inventory.current?.newest[build.package],
        inventory.retiredEarlier)
    }
  }

  /// Packages that users have, and that leave without anybody's consent.
  private var unacknowledged: [Finding] {
    let names = decision.retired.filter {
      $0.wasCarried && !inventory.acknowledged.contains($0.nvr)
    }.map(\.package)
    guard !names.isEmpty else { return [] }
    return [
      Finding(
        code: "unacknowledged",
        message: "nobody has acknowledged that these retire: \(names.joined(separator: ", "))",
        remedy: "Agree with their packagers, then: epel-compose retirement acknowledge "
          + "\(policy.major) \(names.map(\.shellWord).joined(separator: " "))")
    ]
  }

  /// Where markers and blocks do not say the same.
  private func contradictions() -> [Finding] {
    guard let blocked = inventory.blocked else { return [] }
    let blockedNames = Set(blocked.map(\.package))
    return decision.retired.filter { !blockedNames.contains($0.package) }.map {
      BlockContradiction.markerWithoutBlock($0.package, nvr: $0.nvr).finding
    }
      + withoutMarker(blocked)
  }

  /// Blocks that no marker explains: new ones each, the others in one line.
  private func withoutMarker(_ blocked: [BlockedEntry]) -> [Finding] {
    let carried = inventory.current?.newest ?? [:]
    let found = blocked.compactMap { entry -> (entry: BlockedEntry, finding: Finding)? in
      let last = entry.nvr ?? carried[entry.package]?.nvr
      let isRetired =
        entry.marker != nil || carried[entry.package]?.marker != nil
        || inventory.retiredEarlier[entry.package] != nil
      guard let last, !isRetired else { return nil }
      return (entry, BlockContradiction.blockWithoutMarker(entry.package, nvr: last).finding)
    }
    let news = found.filter { inventory.isNews($0.entry) }.map(\.finding)
    let old = found.count - news.count
    guard old > 0 else { return news }
    return news + [BlockContradiction.blocksWithoutMarker(old)]
  }
}
