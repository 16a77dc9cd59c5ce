package import ComposePolicy
package import ReleaseModel

extension Waiver {
  private var subject: String { package + (arch.map { " on \($0)" } ?? "") }

  /// What an expired one is, until it is removed or renewed.
  package var expiredFinding: Finding {
    Finding(
      code: "expired-waiver",
      message: "the waiver for \(subject) (\(reason)) ended with \(until)",
      remedy: "Mend what it was for and remove it, or give it a later 'until'", package: package)
  }

  /// What one is that has nothing to let pass.
  package var needlessFinding: Finding {
    Finding(
      code: "needless-waiver",
      message: "the waiver for \(subject) (\(reason)) has nothing to let pass",
      remedy: "Remove it from the policy", package: package)
  }
}

extension Finding {
  /// The same, as a plan tells of what the policy lets pass.
  func waived(by waiver: Waiver) -> Finding {
    Finding(
      code: "waived", message: "\(message) (waived until \(waiver.until): \(waiver.reason))",
      remedy: "Mend it before the waiver ends", package: package, rpms: rpms, arches: arches)
  }
}

extension GatePolicy {
  /// The waiver that lets `finding` of `check` pass in `release`; nil where
  /// none does.
  package func waiver(
    for finding: Finding, of check: CheckName, in release: ReleaseID
  ) -> Waiver? {
    finding.package.flatMap {
      waiver(package: $0, on: finding.arches, of: check, in: release)
    }
  }

  /// The waiver that lets what `check` finds about `package` pass in `release`.
  ///
  /// - Parameter arches: that the finding is about; nil for all.
  package func waiver(
    package: String, on arches: [Architecture]? = nil, of check: CheckName,
    in release: ReleaseID
  ) -> Waiver? {
    waivers.first {
      $0.check == check && !$0.isExpired(for: release)
        && ($0.package == package || check == .contents && $0.package == "*")
        && $0.covers(arches)
    }
  }

  /// What a plan says of what `check` will find: that it is waived, where it is.
  func judged(_ finding: Finding, of check: CheckName, in release: ReleaseID) -> Finding {
    waiver(for: finding, of: check, in: release).map(finding.waived) ?? finding
  }

  /// Architectures on which findings of `check` about a package must stand
  /// apart, because a waiver holds for one of them alone; by package.
  package func archesApart(
    for check: CheckName, in release: ReleaseID
  ) -> [String: Set<Architecture>] {
    let single = waivers.filter { $0.check == check && !$0.isExpired(for: release) }
    return Dictionary(grouping: single, by: \.package).mapValues { Set($0.compactMap(\.arch)) }
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
