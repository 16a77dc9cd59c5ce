package import ComposeStream
package import DurableFiles
import ReleaseLedger
package import ReleaseModel

/// RPM files that the stream's trees have already, by their contents: what
/// would be copied from another device is linked from there instead, so that
/// disks and mirrors have it once.
///
/// What a manifest says is only where to look: a file is handed out after its
/// bytes were read and compared. Manifests are read when they are first needed.
/// Safe for any number of threads.
package final class TreeFileIndex: Sendable {
  private let trees: [Directory]
  private let activity: any ActivityReporting
  private let known = Guarded(Known())

  private struct Known {
    /// One for each tree whose manifest was read, in the order of the trees.
    var places: [[Checksum: RelativePath]] = []
    /// Files that are not what their manifests say.
    var damaged: Set<String> = []
  }

  /// - Parameter trees: those to look into, in this order; the ones that cannot
  ///   be read are passed over.
  package init(trees: [Directory], activity: any ActivityReporting) {
    self.trees = trees
    self.activity = activity
  }

  /// The file with these contents, open and read a moment ago; nil where no tree
  /// has it undamaged.
  package func file(_ checksum: Checksum) throws -> VerifiedFile? {
    for index in trees.indices {
      guard let path = try place(of: checksum, in: index) else { continue }
      try Interruption.check(remaining: "linking what trees have already")
      let whole = "\(trees[index].path)/\(path)"
      if known.withLock({ $0.damaged.contains(whole) }) { continue }
      guard let file = try? trees[index].openFile(path) else { continue }
      // Not what the header cache knows: it is told of a write, not of a disk that
      // lost bits.
      if let found = try? VerifiedFile(file, expecting: checksum) { return found }
      if known.withLock({ $0.damaged.insert(whole).inserted }) {
        activity.note("\(whole) is damaged: it is not linked; see 'epel-compose verify'")
      }
    }
    return nil
  }

  /// What the file with these contents is like, as far as it looks; nothing is
  /// read. Nil where no tree has it.
  package func status(_ checksum: Checksum) throws -> FileStatus? {
    for index in trees.indices {
      guard let path = try place(of: checksum, in: index) else { continue }
      if let status = try? trees[index].status(of: path), status.kind == .file { return status }
    }
    return nil
  }

  /// Path below the tree.
  private func place(of checksum: Checksum, in index: Int) throws -> RelativePath? {
    try known.withLock { known in
      while known.places.count <= index {
        try Interruption.check(remaining: "reading manifests")
        known.places.append(Self.places(in: trees[known.places.count]))
      }
      return known.places[index][checksum]
    }
  }

  private static func places(in tree: Directory) -> [Checksum: RelativePath] {
    guard let manifest = try? tree.manifest().manifest else { return [:] }
    return Dictionary(
      manifest.checksums.lazy.filter { $0.key.name.hasSuffix(".rpm") }
        .map { ($0.value, $0.key) }
    ) { min($0, $1) }
  }
}

extension StreamContext {
  /// The files of all trees of the stream that can have further names in
  /// `target`: those of the current release first, then the newest.
  package func treeFiles(for target: Directory) throws -> TreeFileIndex {
    let releases = try ledger.releases().sorted {
      ($0.state == .current ? 0 : 1, $1.id) < ($1.state == .current ? 0 : 1, $0.id)
    }
    let trees = releases.flatMap(\.trees).flatMap { record -> [Directory] in
      // What is archived is at its old place as well, for a time.
      let places = Set([record.place] + (record.isArchived ? [.archive] : []))
      return places.compactMap(locations.root).sorted().compactMap { root in
        try? Directory.openIfPresent(root: root)?.openIfPresent(record.name.path)
      }
    }
    return TreeFileIndex(
      trees: trees.filter { (try? $0.canLink(to: target)) == true }, activity: activity)
  }
}
