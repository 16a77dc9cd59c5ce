import ComposePolicy
import ReleaseModel

/// What a release engineer must know before a compose.
struct PlanFindings {
  let policy: Policy
  let inventory: Inventory
  let decision: Retirement.Decision

  /// RPMs without a signature by a key of the policy.
  func signatures() -> [Finding] {
    decision.live.flatMap(\.rpms).compactMap { rpm in
      if let finding = inventory.signatureFindings[rpm.fileName] { return finding }
      return rpm.signatureFinding(floor: policy.gate.signing.digestFloor)
    }
  }

  func refusals(of release: ReleaseID) -> [Finding] {
    var refusals: [Finding] = []
    if decision.live.isEmpty {
      refusals.append(
        Finding(
          code: "nothing-live", message: "\(inventory.buildSystem) has no live build",
          remedy: "Check that the right directory or tag is named"))
    }
    refusals += conflicts()
    // One that is composing was interrupted: the next compose undoes it first.
    if let state = inventory.states[release], state != .abandoned, state != .composing {
      refusals.append(
        Finding(
          code: "exists", message: "\(release) is \(state.rawValue) already",
          remedy: state == .staged || state == .published
            ? "Abandon it first: epel-compose abandon \(release)" : "Choose a later release"))
    }
    refusals += decision.live.compactMap { build in
      guard let held = inventory.updates.heldVersion(build.nvr) else { return nil }
      let how = held.unlisted == .withdrawn ? "was withdrawn from" : "was taken back from"
      return Finding(
        code: "held",
        message:
          "\(build.nvr) is live, but \(how) \(inventory.current?.release.description ?? "-")",
        remedy: "Untag it in the build system, or push it again: "
          + "epel-compose update \(policy.major) --again \(build.nvr)", package: build.package)
    }
    let planned = Set(decision.live.map(\.nvr))
    for nvr in inventory.composeTagBuilds.map(\.description).sorted()
    where !planned.contains(where: { $0.description == nvr }) {
      let tag = policy.composeTag(of: release)
      refusals.append(
        Finding(
          code: "tagged-too", message: "\(nvr) is in \(tag), but not planned",
          remedy: "If it is left from a compose that came to nothing, drop the tag: "
            + "epel-compose abandon \(release); else: koji untag-build \(tag) \(nvr)"))
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
    var holders: [String: (nvr: NVR, sha256: Checksum)] = [:]
    var findings: [Finding] = []
    for build in decision.live {
      for rpm in build.rpms {
        let name = rpm.fileName
        guard let holder = holders[name] else {
          holders[name] = (build.nvr, rpm.sha256)
          continue
        }
        if holder.sha256 == rpm.sha256 { continue }
        findings.append(
          Finding(
            code: "conflicting-files",
            message: "\(holder.nvr) and \(build.nvr) both have \(name), with different contents",
            remedy: "Untag or rebuild the build that should no longer have it"))
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
    for build in decision.live {
      if let earlier = inventory.retiredEarlier[build.package],
        inventory.current?.newest[build.package] == nil
      {
        warnings.append(
          Finding(
            code: "returned", message: "\(build.package) comes back; \(earlier) retired it",
            remedy: "Nothing to do if that is meant"))
      }
    }
    return warnings + ReleaseMonth(of: release, policy: policy).warnings(now: inventory.now)
      + unacknowledged + contradictions()
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
          + "\(policy.major) \(names.joined(separator: " "))")
    ]
  }

  /// Where markers and blocks do not say the same.
  private func contradictions() -> [Finding] {
    guard let blocked = inventory.blocked else { return [] }
    let carried = inventory.current?.newest ?? [:]
    let blockedNames = Set(blocked.map(\.package))
    return decision.retired.filter { !blockedNames.contains($0.package) }.map {
      BlockContradiction.markerWithoutBlock($0.package, nvr: $0.nvr).finding
    }
      + blocked.compactMap { entry in
        let last = entry.nvr ?? carried[entry.package]?.nvr
        let isRetired =
          entry.marker != nil || carried[entry.package]?.marker != nil
          || inventory.retiredEarlier[entry.package] != nil
        guard let last, !isRetired else { return nil }
        return BlockContradiction.blockWithoutMarker(entry.package, nvr: last).finding
      }
  }
}
