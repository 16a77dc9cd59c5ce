import DurableFiles
import ReleaseModel

/// Gives every file of a tree's manifest a second name in another tree.
struct TreeLinker {
  let source: Directory
  let target: Directory
  /// Another tree beside the target that may have the same files already: the
  /// trees of a release share theirs, and go on to do so on another device.
  var twin: (tree: Directory, manifest: Manifest)?
  /// Whether the target is an unfinished tree of ours: what is in it from an
  /// earlier try, and is not right, is replaced.
  var isOurs = false
  let activity: any ActivityReporting

  private struct Inode: Hashable {
    let device: UInt
    let inode: UInt

    init(_ status: FileStatus) {
      device = status.device
      inode = status.inode
    }
  }

  /// Links, or copies across devices, every file of `manifest` but those in
  /// `except`. Files that are in place already are left: the call resumes.
  /// Names that share a file in the source share one in the target.
  ///
  /// - Parameter verifying: hash each source file first, and throw `badData`
  ///   if it is not what the manifest says.
  func link(
    _ manifest: Manifest, except: Set<RelativePath> = [], verifying: Bool
  ) throws {
    let isShared = try source.canLink(to: target)
    activity.begin(
      "Linking \(source.path) to \(target.path)", total: manifest.checksums.count, unit: "files")
    defer { activity.end() }
    var parents: [RelativePath: (from: Directory, to: Directory)] = [:]
    var copies: [Inode: RelativePath] = [:]
    for (path, checksum) in manifest.checksums.sorted(by: { $0.key < $1.key }) {
      try Interruption.check(remaining: "linking \(source.path)")
      activity.advance(by: 1)
      if except.contains(path) { continue }
      var (from, to) = (source, target)
      if let parent = path.parent {
        (from, to) =
          try parents[parent]
          ?? (source.open(parent), target.makeDirectories(parent, durably: false))
        parents[parent] = (from, to)
      }
      let file = try from.openFile(RelativePath.of(path.name))
      var verified =
        try verifying
        ? VerifiedFile(file, expecting: checksum)
        : VerifiedFile(alreadyHashed: file, checksum: checksum)
      let inode = Inode(file.status)
      if let copy = try copies[inode] ?? (isShared ? nil : twinPath(of: path, checksum)) {
        let directory = copies[inode] == nil ? twin?.tree ?? target : target
        verified = VerifiedFile(alreadyHashed: try directory.openFile(copy), checksum: checksum)
      }
      if try to.place(verified, as: path.name, isOurs: isOurs) == .copied {
        copies[inode] = path
      }
    }
  }

  /// Where the twin has this very file.
  private func twinPath(of path: RelativePath, _ checksum: Checksum) throws -> RelativePath? {
    guard let twin, twin.manifest.checksums[path] == checksum,
      try twin.tree.status(of: path)?.kind == .file
    else { return nil }
    return path
  }
}
