package import ReleaseModel

/// Retirements that were agreed to, or would be.
package struct AcknowledgementReport: Report, Encodable {
  package let dryRun: Bool
  /// The builds with the markers.
  package let packages: [BuildEntry]

  package init(dryRun: Bool, packages: [BuildEntry]) {
    self.dryRun = dryRun
    self.packages = packages
  }

  package func text(_ style: TextStyle) -> String {
    packages.map {
      "\(dryRun ? "Would acknowledge" : "Acknowledged") that \($0.package) retires (\($0.nvr))\n"
    }.joined()
  }
}
