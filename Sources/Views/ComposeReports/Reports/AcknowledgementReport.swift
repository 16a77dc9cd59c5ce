package import ReleaseModel

/// Retirements that were agreed to, or would be.
package struct AcknowledgementReport: Report, Encodable {
  package let dryRun: Bool
  package let packages: [Entry]

  package struct Entry: Encodable, Sendable {
    package let package: String
    /// The build with the marker.
    package let nvr: NVR

    package init(package: String, nvr: NVR) {
      self.package = package
      self.nvr = nvr
    }
  }

  package init(dryRun: Bool, packages: [Entry]) {
    self.dryRun = dryRun
    self.packages = packages
  }

  package func text(_ style: TextStyle) -> String {
    packages.map {
      "\(dryRun ? "Would acknowledge" : "Acknowledged") that \($0.package) retires (\($0.nvr))\n"
    }.joined()
  }
}
