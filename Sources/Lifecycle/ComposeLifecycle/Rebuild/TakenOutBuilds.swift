import ReleaseModel

/// Builds whose RPMs an updates tree has and no longer lists: which of them a person
/// took out.
///
/// Retention never takes the newest version of a package, so whoever is newer than
/// all that is listed was withdrawn, or its push was taken back. But files that
/// `promote` and `rollback` carried over for clients of another release look the
/// same; those are listed in the tree that they came from.
struct TakenOutBuilds {
  /// One updates tree.
  struct Tree {
    let release: ReleaseID
    /// Serial of its newest push.
    let pushes: Int
    /// What its release began with, as another tree tells.
    let cut: Set<NVR>
    let listed: [NVR: EVR]
    let unlisted: [NVR: EVR]
    /// Those of `unlisted` that carry a marker: their packages leave by themselves.
    let retiring: Set<NVR>
  }

  let trees: [Tree]
  let order: VersionOrder

  /// Why `build` is not listed in the tree of `release`; nil where its files only
  /// came from another release.
  func cause(of build: NVR, in release: ReleaseID) -> UnlistingCause? {
    guard let tree = trees.first(where: { $0.release == release }),
      let evr = tree.unlisted[build]
    else { return nil }
    let others = tree.listed.filter { $0.key.name == build.name }
    let isFromHere =
      tree.cut.contains(build)
      || !trees.contains { $0.release != release && $0.listed[build] != nil }
    guard others.values.allSatisfy({ order.isOlder($0, than: evr) }) else {
      return isFromHere ? .retention : nil
    }
    // Without a push, nothing can have been taken out; and a package that retires
    // with the release is not listed from its beginning.
    if !isFromHere, tree.pushes == 0 || others.isEmpty && tree.retiring.contains(build) {
      return nil
    }
    return .withdrawn
  }

  /// Whether a later release lists `build`: then the decision was taken back.
  func isListed(_ build: NVR, after release: ReleaseID) -> Bool {
    trees.contains { $0.release > release && $0.listed[build] != nil }
  }
}
