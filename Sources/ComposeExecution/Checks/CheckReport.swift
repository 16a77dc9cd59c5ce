package import ReleaseModel

/// The verdict of the checks on a release, in the form of the command line's
/// JSON.
package struct CheckReport: Codable, Hashable, Sendable {
  package let release: ReleaseID
  package let passed: Bool
  package let checks: [CheckResult]

  package init(release: ReleaseID, checks: [CheckResult]) {
    self.release = release
    self.checks = checks
    passed = checks.allSatisfy(\.passed)
  }
}

package struct CheckResult: Codable, Hashable, Sendable {
  package let name: String
  package let passed: Bool
  package let findings: [Finding]

  package init(name: String, findings: [Finding]) {
    self.name = name
    self.findings = findings
    passed = findings.isEmpty
  }
}
