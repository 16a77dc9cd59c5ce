package import ComposePolicy
package import ReleaseModel

extension Waiver {
  /// What an expired one is, until it is removed or renewed.
  package var expiredFinding: Finding {
    Finding(
      code: "expired-waiver",
      message: "the waiver for \(package) (\(reason)) ended with \(until)",
      remedy: "Mend what it was for and remove it, or give it a later 'until'", package: package)
  }

  /// What one is that has nothing to let pass.
  package var needlessFinding: Finding {
    Finding(
      code: "needless-waiver",
      message: "the waiver for \(package) (\(reason)) has nothing to let pass",
      remedy: "Remove it from the policy", package: package)
  }
}

extension Finding {
  /// The same, as a plan tells of what the policy lets pass.
  func waived(by waiver: Waiver) -> Finding {
    Finding(
      code: "waived", message: "\(message) (waived until \(waiver.until): \(waiver.reason))",
      remedy: "Mend it before the waiver ends", package: package, rpms: rpms)
  }
}

extension GatePolicy {
  /// The waiver that lets `finding` of `check` pass in `release`; nil where
  /// none does.
  package func waiver(
    for finding: Finding, of check: CheckName, in release: ReleaseID
  ) -> Waiver? {
    finding.package.flatMap { waiver(package: $0, of: check, in: release) }
  }

  /// The waiver that lets what `check` finds about `package` pass in `release`.
  package func waiver(
    package: String, of check: CheckName, in release: ReleaseID
  ) -> Waiver? {
    waivers.first {
      $0.check == check && !$0.isExpired(for: release)
        && ($0.package == package || check == .contents && $0.package == "*")
    }
  }

  /// What will be found of waivers that are over by `release`.
  package func expiredWaivers(
    of check: CheckName? = nil, in release: ReleaseID
  ) -> [Finding] {
    waivers.filter { (check == nil || $0.check == check) && $0.isExpired(for: release) }
      .map(\.expiredFinding)
  }

  /// What `findings` of `check` are in a plan of `release`, by its level and
  /// waivers.
  func judged(
    _ findings: [Finding], of check: CheckName, in release: ReleaseID
  ) -> (refusals: [Finding], warnings: [Finding]) {
    let level = level(of: check)
    if level == .off { return ([], []) }
    var (refusals, warnings): ([Finding], [Finding]) = ([], [])
    for finding in findings {
      if let waiver = waiver(for: finding, of: check, in: release) {
        warnings.append(finding.waived(by: waiver))
      } else if level == .refuse {
        refusals.append(finding)
      } else {
        warnings.append(finding)
      }
    }
    return (refusals, warnings)
  }
}
