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

extension GatePolicy {
  /// The waiver that lets `finding` of `check` pass in `release`; nil where
  /// none does.
  package func waiver(
    for finding: Finding, of check: CheckName, in release: ReleaseID
  ) -> Waiver? {
    waivers.first {
      $0.check == check && $0.package == finding.package && !$0.isExpired(for: release)
    }
  }

  /// What will be found of waivers that are over by `release`.
  package func expiredWaivers(
    of check: CheckName? = nil, in release: ReleaseID
  ) -> [Finding] {
    waivers.filter { (check == nil || $0.check == check) && $0.isExpired(for: release) }
      .map(\.expiredFinding)
  }
}
