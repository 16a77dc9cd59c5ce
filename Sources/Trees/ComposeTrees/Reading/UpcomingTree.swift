package import DurableFiles
package import ReleaseModel

/// A tree as it will be once a push is done, while users still have it as it is:
/// what the checks judge.
package struct UpcomingTree: Sendable {
  /// Which tree it is.
  package let name: TreeName
  /// Its files now, and the RPMs that the push brings.
  package let files: TreeFiles
  /// Every file that the push writes, at its path below the tree: metadata,
  /// repomd.xml of each repository, documents about the compose.
  package let written: Directory
  /// As it will be recorded.
  package let manifest: Manifest
  /// Files that will be in the tree, but in no list.
  package let unlisted: Set<RelativePath>
  /// Builds that come into the lists.
  package let listedBuilds: Set<NVR>
  /// Builds that leave them.
  package let unlistedBuilds: Set<NVR>
  /// Those of ``unlistedBuilds`` that leave because a person says so.
  package let takenOut: Set<NVR>
  /// Whether the push brings something, instead of taking it out or back.
  package let isUpdate: Bool
  /// Whether somebody lets RPMs in without a signature by a key of the policy.
  package let allowsUnsigned: Bool

  /// - Parameters:
  ///   - unlisted: files that will be in the tree, but in no list.
  ///   - listedBuilds: that come into the lists.
  ///   - unlistedBuilds: that leave them.
  ///   - takenOut: those of them that leave because a person says so.
  ///   - isUpdate: whether the push brings something.
  ///   - allowsUnsigned: as ``allowsUnsigned`` has it.
  package init(
    name: TreeName, files: TreeFiles, written: Directory, manifest: Manifest,
    unlisted: Set<RelativePath>, listedBuilds: Set<NVR>, unlistedBuilds: Set<NVR>,
    takenOut: Set<NVR>, isUpdate: Bool, allowsUnsigned: Bool
  ) {
    self.name = name
    self.files = files
    self.written = written
    self.manifest = manifest
    self.unlisted = unlisted
    self.listedBuilds = listedBuilds
    self.unlistedBuilds = unlistedBuilds
    self.takenOut = takenOut
    self.isUpdate = isUpdate
    self.allowsUnsigned = allowsUnsigned
  }
}
