import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

extension Preflight {
  /// Before the trees of `release` go to the archive: there must be room and nothing in the way,
  /// and they must hold what was recorded and nothing else.
  ///
  /// Throws `refused`, `cannotCreate`, `permission`, `inputOutput`, and `noInput` for a file
  /// that is missing.
  func checkArchive(of release: ReleaseRecord) throws {
    let names = release.trees.map(\.name)
    try requireRoom(for: names, below: stream.locations.archive)
    try checkCopy(of: release.trees, to: stream.locations.archive)
    for tree in release.trees { try stream.locations.open(tree).requireNothingUnknown() }
    for tree in names { _ = try CopyTree.archiving(tree, in: stream).isDone(in: stream) }
    for tree in release.trees {
      let directory = try stream.locations.open(tree)
      guard let path = try directory.firstMissingFile() else { continue }
      throw ComposeError(
        .noInput, "\(directory.path)/\(path)", "it is missing", remedy: VerifiedFile.treeRemedy)
    }
  }

  /// Before originals of `trees` go, some of which may be gone already: throws `refused` where
  /// somebody has moved a link, or has put something into one of them.
  func requireUntouchedOriginals(_ trees: [TreeName]) throws {
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    let root = try Directory.open(root: stream.locations.public)
    for tree in trees where try root.status(of: tree.path) != nil {
      try root.open(tree.path).requireNothingUnknown()
    }
  }
}

extension StreamContext {
  /// Throws what reading the trees of `release` would, for a dry run: copies and links are made
  /// of verified files alone. RPMs that are known and have not changed are not read again.
  func requireIntactTrees(of release: ReleaseID) throws {
    for tree in try self.release(release).trees {
      try locations.open(tree).requireIntact(in: library)
    }
  }
}
