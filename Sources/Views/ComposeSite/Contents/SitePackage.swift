package import ReleaseModel

/// A source package of a stream: what packagers and users want to know of it.
package struct SitePackage: Hashable, Sendable {
  /// State, commitment and marker; pages and JSON are made from it.
  package let status: PackageStatus
  /// Oldest first.
  package let history: [PackageEvent]

  /// - Parameter history: oldest first.
  package init(_ status: PackageStatus, history: [PackageEvent]) {
    self.status = status
    self.history = history
  }

  var package: String { status.package }
  var state: PackageStatus.State { status.state }
  /// What cannot be installed without it.
  var breaks: [Breakage] { status.breakage ?? [] }
  /// Packages that obsolete or provide it.
  var replacedBy: [String] { status.replacedBy ?? [] }
}
