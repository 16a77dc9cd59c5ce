package import ReleaseModel

/// A source package of a stream: what packagers and users want to know of it.
package struct SitePackage: Hashable, Sendable {
  /// State, commitment and marker; pages and JSON are made from it.
  package let status: PackageStatus
  /// Oldest first.
  package let history: [PackageEvent]
  /// What it says of itself; nil where users do not have it.
  package let description: PackageDescription?
  /// Where else something about it can be found.
  package let links: [PageLink]

  /// - Parameters:
  ///   - history: oldest first.
  ///   - description: nil where users do not have it.
  package init(
    _ status: PackageStatus, history: [PackageEvent], description: PackageDescription? = nil,
    links: [PageLink] = []
  ) {
    self.status = status
    self.history = history
    self.description = description
    self.links = links
  }

  var package: String { status.package }
  var state: PackageStatus.State { status.state }
  /// What cannot be installed without it.
  var breaks: [Breakage] { status.breakage ?? [] }
  /// Packages that obsolete or provide it.
  var replacedBy: [String] { status.replacedBy ?? [] }
}

/// A link that the policy gives to readers.
package struct PageLink: Hashable, Encodable, Sendable {
  /// What readers see.
  package let label: String
  /// `https://…` or `http://…`.
  package let url: String

  /// - Parameter url: of a web page.
  package init(label: String, url: String) {
    self.label = label
    self.url = url
  }
}
