package import ReleaseModel

/// Retirements that were agreed to, or would be.
package struct AcknowledgementReport: Report, Encodable {
  /// Whether nothing was recorded.
  package let dryRun: Bool
  /// The builds with the markers.
  package let packages: [BuildEntry]

  /// The report of one call of `retirement acknowledge`.
  package init(dryRun: Bool, packages: [BuildEntry]) {
    self.dryRun = dryRun
    self.packages = packages
  }

  /// One line for each package.
  package func text(_ style: TextStyle) -> String {
    packages.map {
      "\(dryRun ? "Would acknowledge" : "Acknowledged") that \($0.package) retires (\($0.nvr))\n"
    }.joined()
  }
}
