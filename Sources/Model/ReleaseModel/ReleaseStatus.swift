/// One release as commands and pages show it: its state, the clock that runs for it,
/// and its trees.
package struct ReleaseStatus: Hashable, Encodable, Sendable {
  /// ID of the release, such as `7.06.201903`.
  package let release: String
  /// The state that the ledger has, or that the disk proves.
  package let state: ReleaseState
  /// When the state was entered.
  package let since: Moment
  /// What a clock says: soak or grace; null where none runs.
  @OrNull package var clock: String?
  /// How many pushes went into its updates tree.
  package let pushes: Int
  /// One for each area of the release.
  package let trees: [TreeStatus]

  /// - Parameters:
  ///   - since: when the state was entered.
  ///   - clock: nil where none runs.
  package init(
    release: String, state: ReleaseState, since: Moment, clock: String?, pushes: Int,
    trees: [TreeStatus]
  ) {
    self.release = release
    self.state = state
    self.since = since
    self.clock = clock
    self.pushes = pushes
    self.trees = trees
  }

  /// Whether links lead, or led, to it.
  package var isReleased: Bool {
    switch state {
    case .composing, .staged, .published, .abandoned: false
    case .current, .superseded, .archived: true
    }
  }
}

/// One tree of a release, and where its copies are.
package struct TreeStatus: Hashable, Encodable, Sendable {
  /// Frozen, or with pushes.
  package let area: Area
  /// Where it is, as an absolute path; null once it is gone.
  @OrNull package var path: String?
  /// Where its second copy is; null unless it is archived.
  @OrNull package var archive: String?
  /// How many RPM files it has, as the ledger has it when the tree was made or pushed
  /// to.
  package let packages: Int
  /// The revision in its repomd.xml.
  package let revision: Int

  /// - Parameters:
  ///   - path: nil once it is gone.
  ///   - archive: path of the copy in the archive; nil for none.
  ///   - packages: how many RPM files it has.
  package init(area: Area, path: String?, archive: String?, packages: Int, revision: Int) {
    self.area = area
    self.path = path
    self.archive = archive
    self.packages = packages
    self.revision = revision
  }
}
