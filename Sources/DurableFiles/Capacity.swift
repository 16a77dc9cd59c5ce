import Glibc
import ReleaseModel

/// What a file system has left.
package struct Capacity: Hashable, Sendable {
  /// Bytes that an ordinary user may still write.
  package let freeBytes: Int
  /// Inodes left; nil where the file system does not count them.
  package let freeInodes: Int?
}

extension Directory {
  /// What the file system of this directory has left.
  package func capacity() throws -> Capacity {
    var buffer = statvfs()
    try SystemCall.inspect("asking for free space", path) { fstatvfs(descriptor, &buffer) }
    return Capacity(
      freeBytes: Int(clamping: UInt64(buffer.f_bavail) * UInt64(buffer.f_frsize)),
      freeInodes: buffer.f_files == 0 ? nil : Int(clamping: buffer.f_favail))
  }

  /// Whether both directories are on one device, so that a file can have a
  /// name in each.
  package func isOnSameDevice(as other: Directory) throws -> Bool {
    try device() == other.device()
  }

  private func device() throws -> UInt {
    var buffer = stat()
    try SystemCall.inspect("looking at it", path) { fstat(descriptor, &buffer) }
    return UInt(buffer.st_dev)
  }
}
