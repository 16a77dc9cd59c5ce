import DurableFiles
import ReleaseModel

/// Gives every file of a tree's manifest a second name in another tree.
struct TreeLinker {
  let source: Directory
  let target: Directory
  let activity: any ActivityReporting

  /// Links, or copies across devices, every file of `manifest` but those in
  /// `except`. Files that are in place already are left: the call resumes.
  ///
  /// - Parameter verifying: hash each source file first, and throw `badData`
  ///   if it is not what the manifest says.
  func link(
    _ manifest: Manifest, except: Set<RelativePath> = [], verifying: Bool
  ) throws {
    activity.begin(
      "Linking \(source.path) to \(target.path)", total: manifest.checksums.count, unit: "files")
    defer { activity.end() }
    var sources: [RelativePath: Directory] = [:]
    var targets: [RelativePath: Directory] = [:]
    for (path, checksum) in manifest.checksums.sorted(by: { $0.key < $1.key }) {
      try Interruption.check(remaining: "linking \(source.path)")
      activity.advance(by: 1)
      if except.contains(path) { continue }
      let name = try RelativePath.of(path.name)
      let from: Directory
      let to: Directory
      if let parent = path.parent {
        from = try sources[parent] ?? source.open(parent)
        to = try targets[parent] ?? target.makeDirectories(parent)
        sources[parent] = from
        targets[parent] = to
      } else {
        (from, to) = (source, target)
      }
      let file = try from.openFile(name)
      let verified =
        try verifying
        ? VerifiedFile(file, expecting: checksum)
        : VerifiedFile(alreadyHashed: file, checksum: checksum)
      try to.place(verified, as: path.name)
    }
  }
}
