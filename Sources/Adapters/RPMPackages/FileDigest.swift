import Digests
import Glibc
package import ReleaseModel

/// SHA-256 of an open file.
package enum FileDigest {
  /// Hashes the whole file behind `descriptor`, whatever its offset.
  ///
  /// - Parameter path: only for the error: ``ComposeError`` `inputOutput`.
  package static func sha256(of descriptor: Int32, path: String) throws -> Checksum {
    let digest = MessageDigest()
    let capacity = 1 << 18
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
    defer { buffer.deallocate() }
    var offset: off_t = 0
    while true {
      let count = pread(descriptor, buffer.baseAddress, capacity, offset)
      if count < 0 {
        if errno == EINTR { continue }
        throw ComposeError(unreadable: path, errno: errno)
      }
      if count == 0 { break }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += off_t(count)
    }
    return digest.checksum()
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
