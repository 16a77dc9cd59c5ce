import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// One tree of a release that is checked: as it is on disk, or as a push will
/// leave it.
struct CheckedTree {
  /// What the ledger recorded of it.
  let record: TreeRecord
  /// Every file that it has, or will have, but those of `written`.
  let files: TreeFiles
  /// Files that a push will write, at their paths below the tree; nil for a tree
  /// as it is.
  let written: Directory?
  private let upcoming: UpcomingTree?

  /// A tree as it is.
  init(record: TreeRecord, directory: Directory) {
    self.record = record
    files = TreeFiles(directory)
    written = nil
    upcoming = nil
  }

  /// A tree as it will be.
  init(record: TreeRecord, upcoming: UpcomingTree) {
    self.record = record
    files = upcoming.files
    written = upcoming.written
    self.upcoming = upcoming
  }

  var name: TreeName { record.name }

  /// Where its repodata directories are.
  var metadata: Directory { written ?? files.tree }

  /// As users have it while a push is judged; nil for a tree as it is.
  var former: Directory? { upcoming == nil ? nil : files.tree }

  /// The same, where the push brings builds and documents: one that takes back or
  /// out was decided by a person.
  var formerForUpdate: Directory? { upcoming?.isUpdate == true ? former : nil }

  /// What the tree says that it has.
  func manifest() throws -> Manifest {
    if let upcoming { return upcoming.manifest }
    return try files.tree.manifest().manifest
  }

  /// The same; throws `badData` where it is not what the ledger recorded.
  func recordedManifest() throws -> Manifest {
    if let upcoming { return upcoming.manifest }
    let (manifest, checksum) = try files.tree.manifest()
    guard checksum == record.manifest else {
      throw ComposeError(
        .badData, "\(name)/\(Manifest.fileName)", "it is not what was recorded",
        remedy: "Find out what changed the tree: 'epel-compose status' tells whether it is older "
          + "or newer than the ledger")
    }
    return manifest
  }

  /// Files that are in no list: kept for clients that have older metadata.
  func unlisted(_ stream: StreamContext) throws -> Set<RelativePath> {
    if let upcoming { return upcoming.unlisted }
    return Set(try stream.ledger.unlistedFiles(of: name).map(\.path))
  }
}
