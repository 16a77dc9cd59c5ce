import Glibc
package import ReleaseModel

/// What `lstat` says of a name.
package struct FileStatus: Hashable, Sendable {
  /// What a name stands for, without following links.
  package enum Kind: Hashable, Sendable {
    /// `special` is anything else: a pipe, a socket, a device.
    case file, directory, link, special
  }

  /// What the name stands for.
  package let kind: Kind
  /// Number of the device; equal inodes on two devices are two files.
  package let device: UInt
  /// Number within the device.
  package let inode: UInt
  /// Bytes.
  package let size: Int
  /// Permission bits.
  package let mode: UInt32
  /// Seconds since 1970.
  package let modified: Int
  /// The rest of that time, nanoseconds.
  package let modifiedFraction: Int
  /// Of anything about the file, nanoseconds since 1970.
  private let changed: Int64
  /// User id.
  package let owner: UInt32
  /// Names that the file has.
  package let links: Int

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
    modifiedFraction = Int(status.st_mtim.tv_nsec)
    changed = Self.nanoseconds(status.st_ctim)
    owner = status.st_uid
    links = Int(status.st_nlink)
  }

  /// The larger of modification and change time, whole seconds since 1970: what file lists
  /// go by.
  package var newestSecond: Int {
    max(modified, Int((Double(changed) / 1_000_000_000).rounded(.down)))
  }

  /// What tells whether it is still the same.
  package var identity: FileIdentity {
    FileIdentity(
      device: UInt64(device), inode: UInt64(inode), size: Int64(size),
      modified: Self.nanoseconds(timespec(tv_sec: modified, tv_nsec: modifiedFraction)),
      changed: changed)
  }

  /// Nanoseconds since 1970. A file may say any time: from the year 2262 on they do
  /// not fit, and wrap around, which tells two times apart just as well.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// What `stat` says of `path`, which may be a link; nil where there is
  /// nothing.
  package init?(path: String) {
    var buffer = stat()
    guard lstat(path, &buffer) == 0 else { return nil }
    self.init(buffer)
  }

  /// What `fstat` says of a file that somebody has open.
  package init?(descriptor: Int32) {
    var buffer = stat()
    guard fstat(descriptor, &buffer) == 0 else { return nil }
    self.init(buffer)
  }

  /// Whether a user may give the file a further name in a tree: it needs the mode of
  /// what is published, and Linux asks for its owner (fs.protected_hardlinks).
  package func canBeLinked(by user: UInt32) -> Bool {
    mode == PublishedMode.file && (user == 0 || owner == user)
  }

  /// Whether `later` shows the same file with the same size and modification
  /// time. A write that set the time back is not noticed.
  package func isUnchanged(_ later: FileStatus) -> Bool {
    isSameFile(as: later) && size == later.size && modified == later.modified
      && modifiedFraction == later.modifiedFraction
  }

  /// Whether both are the same file, by whatever names.
  package func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}
