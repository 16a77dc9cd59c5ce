/// What became of a package in one release, at its cut or in a push.
package struct PackageEvent: Hashable, Codable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case carried, added, updated, retired, returned
  }

  package let release: String
  package let kind: Kind
  package let nvr: String
  /// The push that brought it; null for the cut.
  @OrNull package var push: Int?
  /// `YYYY-MM-DD`; null where it is not known.
  @OrNull package var date: String?

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
