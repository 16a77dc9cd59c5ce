import ComposePolicy
import ReleaseModel

/// Weighs what checks found by the policy: levels and waivers. Pure.
struct Gate {
  let policy: GatePolicy
  let release: ReleaseID

  /// The result of a check that does not run.
  func skipped(_ check: CheckName) -> CheckResult {
    CheckResult(name: check.rawValue, level: .off, findings: [], warnings: [], waived: [])
  }

  func result(of check: CheckName, _ judgement: Judgement) -> CheckResult {
    let level = policy.level(of: check)
    let waivers = policy.waivers.filter { $0.check == check }
    var (standing, waived): ([Finding], [WaivedFinding]) = ([], [])
    var used: Set<String> = []
    for finding in judgement.findings {
      let waiver = waivers.first { $0.package == finding.package }
      if let waiver { used.insert(waiver.package) }
      if let waiver, !waiver.isExpired(for: release) {
        waived.append(
          WaivedFinding(
            check: check.rawValue, finding: finding, reason: waiver.reason,
            until: waiver.until.description))
      } else {
        standing.append(finding)
      }
    }
    standing += waivers.filter { $0.isExpired(for: release) }.map(expired)
    let unused = waivers.filter { !used.contains($0.package) && !$0.isExpired(for: release) }
      .map(needless)
    return CheckResult(
      name: check.rawValue, level: level, findings: level == .refuse ? standing : [],
      warnings: (level == .refuse ? [] : standing) + judgement.warnings + unused, waived: waived)
  }

  private func expired(_ waiver: Waiver) -> Finding {
    Finding(
      code: "expired-waiver",
      message: "the waiver for \(waiver.package) (\(waiver.reason)) ended with \(waiver.until)",
      remedy: "Mend what it was for and remove it, or give it a later 'until'",
      package: waiver.package)
  }

  private func needless(_ waiver: Waiver) -> Finding {
    Finding(
      code: "needless-waiver",
      message: "the waiver for \(waiver.package) (\(waiver.reason)) has nothing to let pass",
      remedy: "Remove it from the policy", package: waiver.package)
  }
}
