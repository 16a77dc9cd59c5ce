/// The verdict of the checks on a release, or of its verification.
package struct CheckReport: Codable, Hashable, Sendable {
  /// The release that was checked.
  package let release: ReleaseID
  /// Whether every check passed.
  package let passed: Bool
  /// In the order in which they ran.
  package let checks: [CheckResult]

  /// The verdict follows from `checks`.
  package init(release: ReleaseID, checks: [CheckResult]) {
    self.release = release
    self.checks = checks
    passed = checks.allSatisfy(\.passed)
  }

  /// Everything that the policy let pass.
  package var waived: [WaivedFinding] { checks.flatMap(\.waived) }
}

/// The verdict of one check.
package struct CheckResult: Codable, Hashable, Sendable {
  /// Name of the check, or for a verification the place and path of a tree.
  package let name: String
  /// Whether nothing stands in the way.
  package let passed: Bool
  /// What the policy makes of the check; left out for a verification, which
  /// no policy can soften.
  package let level: CheckLevel?
  /// What stands in the way; empty where it passed.
  package let findings: [Finding]
  /// What does not.
  package let warnings: [Finding]
  /// What would, but for a waiver.
  package let waived: [WaivedFinding]

  /// ``passed`` follows from `findings`: warnings and waived ones do not count.
  package init(
    name: String, level: CheckLevel? = nil, findings: [Finding] = [], warnings: [Finding] = [],
    waived: [WaivedFinding] = []
  ) {
    self.name = name
    self.level = level
    self.findings = findings
    self.warnings = warnings
    self.waived = waived
    passed = findings.isEmpty
  }
}

/// What becomes of a check's findings.
package enum CheckLevel: String, CaseIterable, Codable, Sendable {
  /// The release cannot be promoted.
  case refuse
  /// They are told, and that is all.
  case warn
  /// It does not run.
  case off
}
