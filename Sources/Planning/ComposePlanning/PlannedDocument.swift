package import ReleaseModel

/// A document that a release has beside its packages, as a plan names it.
package struct PlannedDocument: Hashable, Codable, Sendable {
  /// `group`, `modules` or `advisory`.
  package let type: String
  /// The architecture that it is for; left out where it is for all.
  package let arch: String?
  /// Of its contents; two plans with the same one have the same document.
  package let sha256: Checksum
  /// Of an advisory.
  package let id: String?
}
