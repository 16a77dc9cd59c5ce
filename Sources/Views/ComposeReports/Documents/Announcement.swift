package import ReleaseModel

/// The values of the template that announces a release.
package struct Announcement: Sendable {
  let title: String
  let release: String
  let previous: String
  let packages: Int
  let retired: [Retired]
  let returned: [Returned]
  let waived: [Waived]
  let overrides: [Override]

  /// A package that left.
  package struct Retired: Sendable {
    let package: String
    /// What its packager says, one line each, for quoting.
    let lines: [String]

    /// - Parameter text: what the marker says; may have several lines.
    package init(package: String, text: String) {
      self.package = package
      lines = text.trimmingEnd.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .map { String($0).sanitizedForDisplay }
    }
  }

  /// A package that is back.
  package struct Returned: Sendable {
    let package: String
    /// The release that had retired it.
    let retiredBy: String

    package init(package: String, retiredBy: String) {
      self.package = package
      self.retiredBy = retiredBy
    }
  }

  /// A finding that the policy let pass.
  struct Waived: Sendable {
    let message: String
    let check: String
    let reason: String
    let until: String
  }

  struct Override: Sendable {
    let gate: String
    let reason: String
  }

  /// - Parameters:
  ///   - packages: how many packages the release has.
  ///   - previous: ID of the release before; nil for the first of a stream.
  package init(
    title: String, release: String, previous: String?, packages: Int, retired: [Retired],
    returned: [Returned] = [],
    waived: [WaivedFinding], overrides: [(gate: String, reason: String)]
  ) {
    self.title = title
    self.release = release
    self.previous = previous ?? ""
    self.packages = packages
    self.retired = retired
    self.returned = returned
    self.waived = waived.map {
      Waived(message: $0.finding.message, check: $0.check, reason: $0.reason, until: $0.until)
    }
    self.overrides = overrides.map { Override(gate: $0.gate, reason: $0.reason) }
  }
}

extension Announcement {
  /// To try a template with.
  package static let empty = Announcement(
    title: "", release: "", previous: nil, packages: 0, retired: [], waived: [], overrides: [])
}

extension ReleaseDocuments {
  /// The announcement of a release, as text for a mailing list.
  package func announcement(_ announcement: Announcement) throws -> String {
    try library.render("announcement.txt", announcement)
  }
}
