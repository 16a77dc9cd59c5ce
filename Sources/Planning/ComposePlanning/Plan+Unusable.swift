package import ReleaseModel

extension Plan {
  /// Codes of refusals about RPM files that no release can have, whatever anybody
  /// decides.
  private static let unusableCodes: Set<String> = ["unlistable", "no-source-name"]

  /// Refusals about RPM files themselves: a plan that has some is not one that only
  /// waits for somebody's decision.
  package var unusable: [Finding] { refusals.filter { Self.unusableCodes.contains($0.code) } }
}
