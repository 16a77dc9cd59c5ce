package import ComposePolicy
package import ReleaseModel

extension Plan {
  /// Codes of what the check `upgrade-path` finds.
  private static let upgradeCodes: Set<String> = ["older", "obsoletes-too-little"]

  /// Codes of what the check `metadata` finds in groups and modules.
  private static let documentCodes: Set<String> = [
    "group-names-absent", "environment-names-absent", "category-names-absent",
    "group-without-id", "environment-without-id", "category-without-id", "group-twice",
    "environment-twice", "category-twice", "modular-without-module",
    "module-names-absent",
  ]

  /// What checks would refuse the composed release for, as far as a plan can tell;
  /// by check. Empty where the policy lets it pass.
  package func foreseenFailures(in policy: Policy) -> [(check: CheckName, findings: [Finding])] {
    [
      (CheckName.closure, BreakageText.codes), (.upgradePath, Self.upgradeCodes),
      (.metadata, Self.documentCodes),
    ].compactMap { check, codes in
      guard policy.gate.level(of: check) == .refuse else { return nil }
      let findings = warnings.filter { codes.contains($0.code) }
      return findings.isEmpty ? nil : (check, findings)
    }
  }
}
