/// The modes of what is published: everybody may read it, and its owner alone may
/// change it, whatever umask, default ACL or set-group-ID bit the directory above
/// has, and whatever mode the file had where it came from.
package enum PublishedMode {
  /// Of files. A file of another mode is not linked into a tree but copied, because
  /// the mode belongs to the file, and so to each of its names.
  package static let file: UInt32 = 0o644
  /// Of directories.
  package static let directory: UInt32 = 0o755
}

extension FileStatus {
  /// What is wrong with the mode of something in a tree, such as `is setuid`; nothing
  /// where it does no harm. A group that may write, as in a tree of an earlier version,
  /// is none of it.
  package var modeProblems: [String] {
    guard kind == .file || kind == .directory else { return [] }
    let readable: UInt32 = kind == .directory ? 0o555 : 0o444
    return [
      (mode & 0o4000 != 0, "is setuid"), (mode & 0o2000 != 0, "is setgid"),
      (mode & 0o002 != 0, "can be written by everybody"),
      (mode & readable != readable, "cannot be read by everybody"),
    ].filter(\.0).map(\.1)
  }
}
