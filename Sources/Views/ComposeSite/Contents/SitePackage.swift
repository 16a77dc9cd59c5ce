package import ReleaseModel

/// A source package of a stream: what packagers and users want to know of it.
package struct SitePackage: Hashable, Encodable, Sendable {
  /// Where a package is in its life.
  package enum State: String, CaseIterable, Encodable, Sendable {
    case live, retiring, retired, blocked, unknown
  }

  package var package: String
  package var state: State
  /// Whether its marker came before the commitment ended.
  package var isEarly: Bool
  /// The release that it came back in, after it had been retired.
  @OrNull package var returnedIn: String?
  @OrNull package var owner: String?
  /// `YYYY-MM-DD`.
  @OrNull package var committedSince: String?
  /// `YYYY-MM-DD`.
  @OrNull package var committedUntil: String?
  /// Which rule ends the commitment: `next minor release` or `13 months`.
  @OrNull package var rule: String?
  /// The marker's path in its RPM.
  @OrNull package var marker: String?
  /// The marker's own words.
  @OrNull package var text: String?
  /// The last tree that has it.
  @OrNull package var lastTree: String?
  /// Where the archive has that tree.
  @OrNull package var archiveTree: String?
  /// What cannot be installed without it.
  package var breaks: [SiteBreakage]
  /// Packages that obsolete or provide it.
  package var replacedBy: [String]
  /// How marker, block and trees disagree, in a sentence.
  @OrNull package var contradiction: String?
  /// Oldest first.
  package var history: [SitePackageEvent]

  package init(
    package: String, state: State, isEarly: Bool = false, returnedIn: String? = nil,
    owner: String? = nil, committedSince: String? = nil, committedUntil: String? = nil,
    rule: String? = nil, marker: String? = nil, text: String? = nil, lastTree: String? = nil,
    archiveTree: String? = nil, breaks: [SiteBreakage] = [], replacedBy: [String] = [],
    contradiction: String? = nil, history: [SitePackageEvent] = []
  ) {
    self.package = package
    self.state = state
    self.isEarly = isEarly
    self.returnedIn = returnedIn
    self.owner = owner
    self.committedSince = committedSince
    self.committedUntil = committedUntil
    self.rule = rule
    self.marker = marker
    self.text = text
    self.lastTree = lastTree
    self.archiveTree = archiveTree
    self.breaks = breaks
    self.replacedBy = replacedBy
    self.contradiction = contradiction
    self.history = history
  }
}
