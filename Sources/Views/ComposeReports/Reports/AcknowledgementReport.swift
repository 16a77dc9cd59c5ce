package import ReleaseModel

/// Retirements that were agreed to, or would be.
package struct AcknowledgementReport: Report, Encodable {
  /// Whether nothing was recorded.
  package let dryRun: Bool
  /// In the order in which they were named on the command line.
  package let packages: [Entry]

  /// One retirement.
  package struct Entry: Encodable, Sendable {
    /// Name of the source package.
    package let package: String
    /// The build with the marker.
    package let nvr: NVR

    /// - Parameter nvr: the build with the marker.
    package init(package: String, nvr: NVR) {
      self.package = package
      self.nvr = nvr
    }
  }

  /// The report of one call of `retirement acknowledge`.
  package init(dryRun: Bool, packages: [Entry]) {
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
