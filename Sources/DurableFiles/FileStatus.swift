import Glibc

/// What `lstat` says of a name.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, directory, link, special
  }

  package let kind: Kind
  package let device: UInt
  package let inode: UInt
  /// Bytes.
  package let size: Int
  /// Permission bits.
  package let mode: UInt32
  /// Seconds since 1970.
  package let modified: Int

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .link
    default: kind = .special
    }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    mode = status.st_mode & 0o7777
    modified = Int(status.st_mtim.tv_sec)
  }

  /// Whether both are the same file, by whatever names.
  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}
