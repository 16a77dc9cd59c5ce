import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import Glibc
import ReleaseLedger
import ReleaseModel

/// Files of one archived tree that equal a file of an earlier archived tree, and are not the same
/// file yet.
///
/// Equal are files of the same contents and owner; RPMs also of the same modification time,
/// because the metadata of a repository tells it. The file that stays is that of the oldest
/// release, so that each release is linked to those before it, whatever comes later.
struct EqualFiles {
  /// Two names.
  struct Pair {
    /// Tree of the file that stays, and its path there.
    let tree: Directory
    let kept: RelativePath
    /// In the tree at hand.
    let path: RelativePath
    let checksum: Checksum
  }

  let directory: Directory
  private(set) var pairs: [Pair] = []
  private(set) var bytes = 0
  private let tree: TreeName

  init(of tree: TreeName, in stream: StreamContext) throws {
    let root = try Directory.open(root: stream.locations.archive)
    directory = try root.open(tree.path)
    self.tree = tree
    let records = try stream.ledger.releases().sorted { $0.id < $1.id }.flatMap(\.archivedTrees)
    let earlier = try records.prefix { $0.name != tree }.compactMap { record in
      try root.openIfPresent(record.name.path)
    }.filter { try $0.canLink(to: directory) }
    let files = try directory.manifest().manifest.sorted
    let statuses = try directory.statuses(of: files.map(\.path))
    var kept: [Key: Kept] = [:]
    for other in earlier {
      guard let manifest = try? other.manifest().manifest else { continue }
      try Self.note(manifest.sorted, in: other, &kept)
    }
    let limit = directory.linkLimit()
    for (file, status) in zip(files, statuses) {
      guard let status, status.kind == .file, let key = Key(file, status) else { continue }
      guard let known = kept[key] else { continue }
      if known.status.isSameFile(as: status) || known.links >= limit { continue }
      kept[key]?.links += 1
      pairs.append(
        Pair(tree: known.tree, kept: known.path, path: file.path, checksum: file.checksum))
      // What has names elsewhere stays on the disk.
      if status.links == 1 { bytes = bytes.addingClamped(status.size) }
    }
  }

  var isEmpty: Bool { pairs.isEmpty }

  var title: String {
    "link \(pairs.count.counted("file")) of \(tree) to equal ones of earlier archived releases"
      + (bytes >> 20 > 0 ? ", which frees \((bytes >> 20).grouped) MiB" : "")
  }

  private struct Kept {
    let tree: Directory
    let path: RelativePath
    let status: FileStatus
    var links: Int
  }

  private struct Key: Hashable {
    let checksum: Checksum
    let owner: UInt32
    /// Of an RPM.
    let modified: Int?

    /// Nil for what cannot have further names.
    init?(_ file: (path: RelativePath, checksum: Checksum), _ status: FileStatus) {
      guard status.mode == PublishedMode.file else { return nil }
      checksum = file.checksum
      owner = status.owner
      modified = file.path.name.hasSuffix(".rpm") ? status.modified : nil
    }
  }

  private static func note(
    _ files: [(path: RelativePath, checksum: Checksum)], in tree: Directory,
    _ kept: inout [Key: Kept]
  ) throws {
    for (file, status) in zip(files, try tree.statuses(of: files.map(\.path))) {
      guard let status, status.kind == .file, let key = Key(file, status),
        kept[key] == nil, status.canBeLinked(by: geteuid())
      else { continue }
      kept[key] = Kept(tree: tree, path: file.path, status: status, links: status.links)
    }
  }
}
