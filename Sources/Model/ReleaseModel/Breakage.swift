/// A source package with RPMs that users could not install any more.
package struct Breakage: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// Who answers for it; null where nobody knows.
  @OrNull package var owner: String?
  /// As `name-[epoch:]version-rpmRelease.arch`, sorted.
  package let rpms: [String]
  /// One sentence for each reason.
  package let explanations: [String]

  /// - Parameter owner: nil where no build system was asked.
  package init(
    package: String, owner: String? = nil, rpms: [String] = [], explanations: [String] = []
  ) {
    self.package = package
    self.rpms = rpms
    self.explanations = explanations
    self.owner = owner
  }
}
