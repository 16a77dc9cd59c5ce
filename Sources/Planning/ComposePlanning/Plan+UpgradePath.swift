package import ComposePolicy
package import ReleaseModel

extension Plan {
  /// Codes of what the check `upgrade-path` finds.
  private static let upgradeCodes: Set<String> = ["older", "obsoletes-too-little"]

  /// What the check `upgrade-path` would refuse the composed release for; empty
  /// where the policy lets it pass.
  package func upgradeFindings(in policy: Policy) -> [Finding] {
    guard policy.gate.level(of: .upgradePath) == .refuse else { return [] }
    return warnings.filter { Self.upgradeCodes.contains($0.code) }
  }
}
