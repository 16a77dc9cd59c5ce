package import ComposePolicy
package import ReleaseModel

extension Plan {
  /// Codes of what the check `upgrade-path` finds.
  private static let upgradeCodes: Set<String> = ["older", "obsoletes-too-little"]

  /// What checks would refuse the composed release for, as far as a plan can tell;
  /// by check. Empty where the policy lets it pass.
  package func foreseenFailures(in policy: Policy) -> [(check: CheckName, findings: [Finding])] {
    [(CheckName.closure, BreakageText.codes), (.upgradePath, Self.upgradeCodes)].compactMap {
      check, codes in
      guard policy.gate.level(of: check) == .refuse else { return nil }
      let findings = warnings.filter { codes.contains($0.code) }
      return findings.isEmpty ? nil : (check, findings)
    }
  }
}
