/// What a source package says of itself, and what it has to do with others, by the
/// metadata that clients read.
package struct PackageDescription: Hashable, Sendable {
  /// One line.
  package let summary: String
  /// May have several lines.
  package let text: String
  /// As the spec file has it: an SPDX expression, or Fedora's former names.
  package let license: String
  /// Of the project; nil where the package names none.
  package let url: String?
  /// What users install, by name.
  package let subpackages: [Subpackage]
  /// Source packages of the same release that its RPMs need something of, by name.
  package var needs: [String] = []
  /// Source packages of the same release whose RPMs need something of it, by name.
  package var neededBy: [String] = []

  /// An RPM that users install, whatever its version.
  package struct Subpackage: Hashable, Encodable, Sendable {
    package let name: String
    /// Architectures whose repositories have it.
    package let arches: [Architecture]
    /// Whether the repositories of an architecture list an older version beside the
    /// newest, which clients can go back to.
    package let hasOlderVersion: Bool

    // What clients can do with it now is on the page alone.
    private enum CodingKeys: CodingKey { case name, arches }

    /// - Parameters:
    ///   - arches: those whose repositories have it; sorted.
    ///   - hasOlderVersion: whether one of them lists two versions of it.
    package init(name: String, arches: [Architecture], hasOlderVersion: Bool = false) {
      self.name = name
      self.arches = arches
      self.hasOlderVersion = hasOlderVersion
    }
  }

  /// Nothing is known of its dependencies yet.
  ///
  /// - Parameters:
  ///   - text: may have several lines.
  ///   - url: nil where the package names none.
  ///   - subpackages: sorted by name.
  package init(
    summary: String, text: String, license: String, url: String?, subpackages: [Subpackage]
  ) {
    self.summary = summary
    self.text = text
    self.license = license
    self.url = url
    self.subpackages = subpackages
  }
}
