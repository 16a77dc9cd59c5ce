/// What became of a package in one release, at its cut or in a push.
package struct PackageEvent: Hashable, Codable, Sendable {
  /// What became of the package.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    /// The release has the build of the one before.
    case carried
    /// No release before had the package.
    case added
    /// Another build than before.
    case updated
    /// The release left it out because of its marker.
    case retired
    /// It came again after a release without it.
    case returned
  }

  /// ID of the release, such as `7.06.201903`.
  package let release: String
  /// JSON key `what`.
  package let kind: Kind
  /// The build that came, or that left.
  package let nvr: String
  /// The push that brought it; null for the cut.
  @OrNull package var push: Int?
  /// `YYYY-MM-DD`; null where it is not known.
  @OrNull package var date: String?

  /// - Parameter date: `YYYY-MM-DD`.
  package init(
    release: String, kind: Kind, nvr: String, push: Int? = nil, date: String? = nil
  ) {
    self.release = release
    self.kind = kind
    self.nvr = nvr
    self.push = push
    self.date = date
  }

  private enum CodingKeys: String, CodingKey {
    case release, nvr, push, date
    case kind = "what"
  }
}
