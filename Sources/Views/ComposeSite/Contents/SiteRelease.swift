package import ReleaseModel

/// One release as the site tells of it.
package struct SiteRelease: Hashable, Encodable, Sendable {
  /// Such as `7.06.201903`.
  package var release: String
  /// The state that the ledger has.
  package var state: ReleaseState
  /// Since when it is in that state.
  package var since: Moment
  /// A sentence about the soak or grace time that runs, if one does.
  @OrNull package var clock: String?
  /// How many source packages it has.
  package var packages: Int
  /// How many pushes went into its updates tree.
  package var pushes: Int
  /// The day it was cut: `YYYY-MM-DD`.
  @OrNull package var cut: String?
  /// One for each area; none once both trees are gone.
  package var trees: [SiteTree]
  /// Names of the packages that left with it.
  package var retired: [String]

  /// - Parameter cut: `YYYY-MM-DD`; nil where it is not known.
  package init(
    release: String, state: ReleaseState, since: Moment, clock: String? = nil, packages: Int,
    pushes: Int, cut: String? = nil, trees: [SiteTree] = [], retired: [String] = []
  ) {
    self.release = release
    self.state = state
    self.since = since
    self.clock = clock
    self.packages = packages
    self.pushes = pushes
    self.cut = cut
    self.trees = trees
    self.retired = retired
  }
}

/// One tree of a release, and where it is.
package struct SiteTree: Hashable, Encodable, Sendable {
  /// Frozen, or with pushes.
  package var area: Area
  /// Such as `/pub/epel/updates/7.06.201903`.
  package var path: String
  /// Where the archive has it.
  @OrNull package var archivePath: String?

  /// Paths are those of servers and start with a slash.
  package init(area: Area, path: String, archivePath: String? = nil) {
    self.area = area
    self.path = path
    self.archivePath = archivePath
  }
}
