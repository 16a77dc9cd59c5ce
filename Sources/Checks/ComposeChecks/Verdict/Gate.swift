import ComposePlanning
import ComposePolicy
import ReleaseModel

/// Weighs what checks found by the policy: levels and waivers. Pure.
struct Gate {
  let policy: GatePolicy
  let release: ReleaseID

  /// The result of a check that does not run.
  func skipped(_ check: CheckName) -> CheckResult {
    CheckResult(name: check.rawValue, level: .off)
  }

  func result(of check: CheckName, _ found: CheckFindings) -> CheckResult {
    let level = policy.level(of: check)
    var (standing, waived): ([Finding], [WaivedFinding]) = ([], [])
    var used: Set<Waiver> = []
    for finding in found.findings {
      guard let waiver = policy.waiver(for: finding, of: check, in: release) else {
        standing.append(finding)
        continue
      }
      used.insert(waiver)
      waived.append(
        WaivedFinding(
          check: check.rawValue, finding: finding, reason: waiver.reason,
          until: waiver.until.description))
    }
    standing += policy.expiredWaivers(of: check, in: release)
    let unused = policy.waivers.filter {
      $0.check == check && !used.contains($0) && !$0.isExpired(for: release)
    }.map(\.needlessFinding)
    return CheckResult(
      name: check.rawValue, level: level, findings: level == .refuse ? standing : [],
      warnings: (level == .refuse ? [] : standing) + found.warnings + unused, waived: waived,
      notes: found.notes, assumed: found.assumed)
  }
}

extension CheckResult {
  /// Whether it is that check, has run, and had nothing to say, waived or not.
  func hasFoundNothing(as name: CheckName) -> Bool {
    self.name == name.rawValue && level != .off && findings.isEmpty && warnings.isEmpty
      && waived.isEmpty
  }
}
