import CDurable
import Glibc

/// One system call that changes a file system, as a value, so that tests can
/// see it, count it, and make it fail. No other code makes such a call inside
/// the roots; only SQLite writes its own file there.
package enum Mutation {
  /// With ``PublishedMode``, less what umask and default ACL take away.
  case makeDirectory(in: Int32, name: String)
  /// A new, empty file with ``PublishedMode``, as for directories; the result is its
  /// descriptor.
  case createFile(in: Int32, name: String)
  /// A lock file, made where there is none; the result is its descriptor.
  case openLock(in: Int32, name: String)
  /// Bytes beyond `length` go; the lock's line is cleared by it.
  case truncate(Int32, length: Int)
  /// The result is how many bytes were taken.
  case write(to: Int32, bytes: UnsafeRawBufferPointer)
  /// The result is how many bytes were copied.
  case copy(from: Int32, to: Int32, count: Int)
  /// Sets the modification time, seconds since 1970.
  case setModified(Int32, seconds: Int)
  /// Sets the modification time of a link itself, seconds since 1970.
  case setLinkTime(in: Int32, name: String, seconds: Int)
  /// Sets the permission bits of a file or directory.
  case setMode(Int32, mode: UInt32)
  /// A further name for the file behind a descriptor.
  case link(Int32, in: Int32, name: String)
  /// A further name for the file that has a name already; a link is not
  /// followed.
  case linkName(from: Name, to: Name)
  /// A new symbolic link; fails where the name is taken.
  case makeLink(in: Int32, name: String, target: String)
  /// `replacing: false` fails where the new name is taken (RENAME_NOREPLACE).
  case rename(from: Name, to: Name, replacing: Bool)
  /// Removes one name of a file, or a link.
  case removeFile(in: Int32, name: String)
  /// Removes a directory that is empty.
  case removeDirectory(in: Int32, name: String)
  /// Makes a file's contents durable.
  case syncFile(Int32)
  /// Makes the names in a directory durable.
  case syncDirectory(Int32)
  /// Makes all that was written to the file system of a descriptor durable.
  case syncFileSystem(of: Int32)

  /// A name in a directory that is open.
  package struct Name {
    /// Descriptor of the directory.
    package let directory: Int32
    /// One component: no slash.
    package let name: String
  }

  /// Whether it makes earlier calls durable instead of changing anything.
  package var isFlush: Bool {
    switch self {
    case .syncFile, .syncDirectory, .syncFileSystem: true
    default: false
    }
  }

  /// Makes the call: 0 or more, or -1 with the cause in errno.
  func callAsFunction() -> Int32 {
    switch self {
    case .makeDirectory(let parent, let name): mkdirat(parent, name, PublishedMode.directory)
    case .createFile(let parent, let name):
      openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, PublishedMode.file)
    case .openLock(let parent, let name):
      openat(parent, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    case .truncate(let file, let length): ftruncate(file, off_t(length))
    case .write(let file, let bytes):
      Int32(clamping: Glibc.write(file, bytes.baseAddress, min(bytes.count, 1 << 20)))
    case .copy(let source, let target, let count):
      // In pieces, so that Ctrl-C is noticed between two.
      Int32(clamping: durable_copy_file_range(source, target, min(count, 1 << 26)))
    case .setModified(let file, let seconds):
      futimens(file, [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: 0), count: 2))
    case .setLinkTime(let parent, let name, let seconds):
      utimensat(
        parent, name, [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: 0), count: 2),
        AT_SYMLINK_NOFOLLOW)
    case .setMode(let file, let mode): fchmod(file, mode)
    case .link(let file, let parent, let name):
      // The very inode that was opened and hashed, whatever its name leads to
      // by now; AT_EMPTY_PATH would need a capability.
      linkat(AT_FDCWD, "/proc/self/fd/\(file)", parent, name, AT_SYMLINK_FOLLOW)
    case .linkName(let from, let to):
      linkat(from.directory, from.name, to.directory, to.name, 0)
    case .makeLink(let parent, let name, let target): symlinkat(target, parent, name)
    case .rename(let from, let to, replacing: true):
      renameat(from.directory, from.name, to.directory, to.name)
    case .rename(let from, let to, replacing: false):
      durable_rename_noreplace(from.directory, from.name, to.directory, to.name)
    case .removeFile(let parent, let name): unlinkat(parent, name, 0)
    case .removeDirectory(let parent, let name): unlinkat(parent, name, AT_REMOVEDIR)
    case .syncFile(let file), .syncDirectory(let file): fsync(file)
    case .syncFileSystem(let file): durable_syncfs(file)
    }
  }
}
