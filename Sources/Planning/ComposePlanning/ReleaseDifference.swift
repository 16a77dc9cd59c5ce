package import ReleaseModel

/// What differs between two releases, for who installs from them.
package struct ReleaseDifference: Encodable, Sendable {
  /// One of the two releases.
  package struct Side: Encodable, Sendable {
    package let release: ReleaseID
    package let state: ReleaseState
    /// Path of the tree that was read.
    package let tree: String
    /// Source packages.
    package let packages: Int
    /// The newest of each RPM, source and debuginfo included.
    package let rpms: Int
    /// Bytes of these.
    package let bytes: Int

    /// - Parameter tree: path of the tree that `contents` was read from.
    package init(
      release: ReleaseID, state: ReleaseState, tree: String, contents: ReleaseContents
    ) {
      self.release = release
      self.state = state
      self.tree = tree
      packages = contents.packages.count
      rpms = contents.packages.values.clampedSum(\.rpms.count)
      bytes = contents.packages.values.clampedSum(\.bytes)
    }
  }

  /// One source package.
  package struct Entry: Encodable, Sendable {
    /// Name of the source package.
    package let package: String
    /// EVR in the first release; null where it does not have the package.
    @OrNull package var from: String?
    /// EVR in the second; null likewise.
    @OrNull package var to: String?
    /// Bytes of its RPMs in the first release; null likewise.
    @OrNull package var bytesFrom: Int?
    /// In the second.
    @OrNull package var bytesTo: Int?
    /// Names of RPMs that came, of a package that both have.
    package let rpmsAdded: [String]
    /// Names of RPMs that went, likewise.
    package let rpmsRemoved: [String]
    /// Whether its marker is why the second release does not have it.
    package let isRetired: Bool

    fileprivate init(
      _ package: String, _ old: ReleaseContents.Package?, _ new: ReleaseContents.Package?,
      isRetired: Bool = false
    ) {
      self.package = package
      self.isRetired = isRetired
      let (before, after) = (old?.names ?? [], new?.names ?? [])
      let isInBoth = old != nil && new != nil
      rpmsAdded = isInBoth ? after.subtracting(before).sorted { $0.precedesByBytes($1) } : []
      rpmsRemoved = isInBoth ? before.subtracting(after).sorted { $0.precedesByBytes($1) } : []
      from = old?.evr.description
      to = new?.evr.description
      bytesFrom = old?.bytes
      bytesTo = new?.bytes
    }
  }

  package let from: Side
  package let to: Side
  /// Packages that only the second has; all lists are by name.
  package let added: [Entry]
  /// Packages that only the first has.
  package let removed: [Entry]
  /// Packages that are newer in the second.
  package let updated: [Entry]
  /// Packages that are older in the second.
  package let downgraded: [Entry]
  /// Packages of one version with other RPMs: of other names, or for other
  /// architectures.
  package let changed: [Entry]
  /// How many packages are the same.
  package let unchanged: Int

  /// - Parameters:
  ///   - old: what `from` gives.
  ///   - new: what `to` gives.
  ///   - retired: names of packages that `to` left out because of markers.
  ///   - order: by which newer is told from older.
  package init(
    from: Side, _ old: ReleaseContents, to: Side, _ new: ReleaseContents, retired: Set<String>,
    order: VersionOrder
  ) {
    self.from = from
    self.to = to
    var lists: (added: [Entry], removed: [Entry], updated: [Entry]) = ([], [], [])
    var others: (downgraded: [Entry], changed: [Entry]) = ([], [])
    var same = 0
    let names = Set(old.packages.keys).union(new.packages.keys).sorted { $0.precedesByBytes($1) }
    for name in names {
      switch (old.packages[name], new.packages[name]) {
      case (nil, let after): lists.added.append(Entry(name, nil, after))
      case (let before, nil):
        lists.removed.append(Entry(name, before, nil, isRetired: retired.contains(name)))
      case (let before?, let after?):
        let comparison = order.compare(before.evr, after.evr)
        if comparison < 0 {
          lists.updated.append(Entry(name, before, after))
        } else if comparison > 0 {
          others.downgraded.append(Entry(name, before, after))
        } else if Set(before.rpms.keys) != Set(after.rpms.keys) {
          others.changed.append(Entry(name, before, after))
        } else {
          same += 1
        }
      }
    }
    (added, removed, updated) = lists
    (downgraded, changed) = others
    unchanged = same
  }
}
