package import ReleaseModel

/// What moved between a saved plan and now.
package enum PlanDrift {
  /// One sentence for each difference; empty when both plans make the same
  /// release.
  package static func between(saved: Plan, now: Plan) -> [Finding] {
    guard saved.digest != now.digest else { return [] }
    var messages: [String] = []
    if saved.previous != now.previous {
      messages.append(
        "the current release is \(now.previous?.description ?? "none"), "
          + "not \(saved.previous?.description ?? "none")")
    }
    if saved.policyDigest != now.policyDigest { messages.append("the policy has changed") }
    messages += builds(saved, now)
    messages += retirements(saved, now)
    if saved.documents != now.documents {
      messages.append("groups, modules or advisories have changed")
    }
    if messages.isEmpty { messages.append("the ledger has moved on: revision or respin differ") }
    return messages.map {
      Finding(code: "drifted", message: $0, remedy: "Plan again and look at the difference")
    }
  }

  private static func builds(_ saved: Plan, _ now: Plan) -> [String] {
    let before = Dictionary(saved.builds.map { ($0.package, $0) }) { first, _ in first }
    let after = Dictionary(now.builds.map { ($0.package, $0) }) { first, _ in first }
    return Set(before.keys).union(after.keys).sorted().compactMap { package in
      switch (before[package], after[package]) {
      case (let old?, nil): return "\(old.nvr) has gone"
      case (nil, let new?): return "\(new.nvr) has come"
      case (let old?, let new?) where old.nvr != new.nvr:
        return "\(package) is now \(new.evr), not \(old.evr)"
      case (let old?, let new?) where old.contents != new.contents:
        return "the RPMs of \(old.nvr) have changed"
      default: return nil
      }
    }
  }

  private static func retirements(_ saved: Plan, _ now: Plan) -> [String] {
    let before = Set(saved.retired.map(\.package))
    let after = Set(now.retired.map(\.package))
    return after.subtracting(before).sorted().map { "\($0) is retired now" }
      + before.subtracting(after).sorted().map { "\($0) is no longer retired" }
  }
}

extension Build {
  fileprivate var contents: [String: Checksum] {
    Dictionary(rpms.map { ($0.fileName, $0.sha256) }) { first, _ in first }
  }
}
