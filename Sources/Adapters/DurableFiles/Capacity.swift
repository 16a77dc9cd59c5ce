import CDurable
import Glibc
import ReleaseModel

/// What a file system has left.
package struct Capacity: Hashable, Sendable {
  /// Bytes that this user may still write: root those in reserve, too.
  package let freeBytes: Int
  /// Inodes left; nil where the file system does not count them.
  package let freeInodes: Int?
}

extension Directory {
  /// What the file system of this directory has left.
  package func capacity() throws -> Capacity {
    var buffer = statvfs()
    try SystemCall.inspect(doing: "asking for free space", at: path) {
      fstatvfs(descriptor, &buffer)
    }
    let blocks = UInt64(geteuid() == 0 ? buffer.f_bfree : buffer.f_bavail)
    // File systems of a network or in user space say what they like.
    let (bytes, isBeyond) = blocks.multipliedReportingOverflow(by: UInt64(buffer.f_frsize))
    return Capacity(
      freeBytes: isBeyond ? .max : Int(clamping: bytes),
      freeInodes: buffer.f_files == 0 ? nil : Int(clamping: buffer.f_favail))
  }

  /// Whether a file of one directory can have a name in the other: they are
  /// on one device, seen through one mount.
  package func canLink(to other: Directory) throws -> Bool {
    guard try device() == other.device() else { return false }
    var mounts: (UInt64, UInt64) = (0, 0)
    guard durable_mount(descriptor, &mounts.0) == 0,
      durable_mount(other.descriptor, &mounts.1) == 0
    else { return true }
    return mounts.0 == mounts.1
  }

  /// Number of the device.
  package func device() throws -> UInt {
    var buffer = stat()
    try SystemCall.inspect(doing: "looking at it", at: path) { fstat(descriptor, &buffer) }
    return UInt(buffer.st_dev)
  }

  /// How many names a file can have here, as far as that is known.
  package func linkLimit() -> Int {
    let limit = fpathconf(descriptor, Int32(_PC_LINK_MAX))
    // 127 is what the C library says of file systems that it does not know.
    return limit > 127 ? limit : .max
  }

  /// Throws `permission` where names may not be made in this directory, and
  /// `cannotCreate` on a read-only mount.
  ///
  /// - Parameter wanted: the directory that will be made here, which is what people know;
  ///   nil where it is this one.
  package func requireWritable(toMake wanted: String? = nil) throws {
    let isThere = wanted == nil || wanted == path
    try SystemCall.inspect(
      doing: isThere ? "writing to it" : "making it in \(path.sanitizedForDisplay)",
      at: wanted ?? path
    ) {
      faccessat(descriptor, ".", W_OK | X_OK, AT_EACCESS)
    }
  }
}
