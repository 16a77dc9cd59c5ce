package import ReleaseModel

/// What is new in the documents of a tree.
package struct DocumentNews: Hashable, Sendable {
  /// That users have not got yet, or not so.
  package var advisories: [AdvisoryEntry] = []
  /// Sentences without a full stop, such as `the groups have changed`.
  package var changes: [String] = []
  /// What differs from what users have, with what they have.
  package var documents: [DocumentChange] = []

  /// - Parameter changes: sentences without a full stop.
  package init(
    advisories: [AdvisoryEntry] = [], changes: [String] = [], documents: [DocumentChange] = []
  ) {
    self.advisories = advisories
    self.changes = changes
    self.documents = documents
  }

  /// Whether users have all of it already.
  package var isEmpty: Bool { advisories.isEmpty && changes.isEmpty }
}

/// An advisory in a report.
package struct AdvisoryEntry: Hashable, Codable, Sendable {
  /// Such as `FEDORA-EPEL-2024-3f1c0a9b7e`.
  package let id: String
  /// One line.
  package let title: String
  /// `security`, `bugfix`, `enhancement` or `newpackage`.
  package let kind: String
  @OrNull package var severity: String?
  /// NVRs.
  package let builds: [String]

  /// What a plan shows of `advisory`.
  package init(_ advisory: Advisory) {
    id = advisory.id
    title = advisory.title
    kind = advisory.kind.rawValue
    builds = advisory.builds
    severity = advisory.severity?.rawValue
  }
}
