package import DurableFiles
package import ReleaseLedger
package import ReleaseModel

extension TreeRecord {
  /// What is true of a tree on disk now: counts and checksum from its
  /// manifest.
  ///
  /// - Parameters:
  ///   - directory: the tree, where it is.
  ///   - unlisted: files that nothing leads to: they do not count.
  package init(
    of name: TreeName, at place: Place, isArchived: Bool = false, directory: Directory,
    revision: Int, unlisted: [UnlistedFile] = []
  ) throws {
    let (manifest, checksum) = try directory.manifest()
    let hidden = Set(unlisted.map(\.path))
    let rpms = manifest.sorted.map(\.path).filter {
      $0.description.hasSuffix(".rpm") && !hidden.contains($0)
    }
    let shares = Concurrently.shares(of: rpms.count, size: 4096)
    let bytes = try Concurrently.map(shares) { share in
      try directory.statuses(of: Array(rpms[share])).clampedSum { $0?.size ?? 0 }
    }.clampedSum { $0 }
    self.init(
      name: name, place: place, isArchived: isArchived, manifest: checksum, revision: revision,
      packages: rpms.count, bytes: bytes)
  }
}
