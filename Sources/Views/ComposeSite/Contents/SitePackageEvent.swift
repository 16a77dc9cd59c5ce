package import ReleaseModel

/// What became of a package in one release, at its cut or in a push.
package struct SitePackageEvent: Hashable, Encodable, Sendable {
  package enum Kind: String, CaseIterable, Encodable, Sendable {
    case carried, added, updated, retired, returned
  }

  package var release: String
  package var what: Kind
  package var nvr: String
  /// The push that brought it; nil or 0 for the cut.
  @OrNull package var push: Int?
  /// `YYYY-MM-DD`.
  @OrNull package var date: String?

  package init(
    release: String, what: Kind, nvr: String, push: Int? = nil, date: String? = nil
  ) {
    self.release = release
    self.what = what
    self.nvr = nvr
    self.push = push
    self.date = date
  }
}

/// A package that cannot be installed without another.
package struct SiteBreakage: Hashable, Encodable, Sendable {
  package var package: String
  @OrNull package var owner: String?
  /// One chain of dependencies each, in words.
  package var explanations: [String]

  package init(package: String, owner: String? = nil, explanations: [String] = []) {
    self.package = package
    self.owner = owner
    self.explanations = explanations
  }
}
