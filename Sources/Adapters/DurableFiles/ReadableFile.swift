import Digests
import Glibc
package import ReleaseModel

/// Owner of one regular file that is open for reading.
package final class ReadableFile: Sendable {
  let descriptor: Int32
  /// For messages only.
  package let path: String
  /// As it was when the file was opened.
  package let status: FileStatus

  /// Takes over `descriptor`; throws `cannotCreate` if it is no regular file.
  init(descriptor: Int32, path: String) throws {
    self.descriptor = descriptor
    self.path = path
    var buffer = stat()
    guard fstat(descriptor, &buffer) == 0 else {
      let code = errno
      close(descriptor)
      throw ComposeError(systemError: code, doing: "looking at it", path: path)
    }
    status = FileStatus(buffer)
    // From here on `deinit` closes it, whatever is thrown.
    guard status.kind == .file else {
      throw ComposeError(
        .cannotCreate, path.sanitizedForDisplay, "it is not a regular file",
        remedy: "Look at what is there, and move it away")
    }
  }

  /// Opens any file by its path; the last component is not followed if it is
  /// a link.
  package convenience init(path: String) throws {
    let descriptor = try SystemCall.inspect(doing: "opening it", at: path) {
      open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    }
    try self.init(descriptor: descriptor, path: path)
  }

  /// A file that somebody else has open and keeps.
  package convenience init(openedAs other: Int32, path: String) throws {
    let descriptor = try SystemCall.inspect(doing: "opening it again", at: path) {
      fcntl(other, F_DUPFD_CLOEXEC, 0)
    }
    try self.init(descriptor: descriptor, path: path)
  }

  deinit { close(descriptor) }

  /// Lends the descriptor to a reader of another library: no write, no seek.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) rethrows -> Value {
    try withExtendedLifetime(self) { try body(descriptor) }
  }

  /// SHA-256 of the whole file.
  package func sha256() throws -> Checksum {
    let digest = MessageDigest()
    try forEachChunk { digest.update($0) }
    return digest.checksum()
  }

  /// SHA-256 of what the device holds: the page cache's copy is dropped
  /// first, as far as the kernel allows it.
  ///
  /// - Parameter pacing: called after each piece with its bytes; may wait.
  package func sha256FromDevice(pacing: ((Int) throws -> Void)? = nil) throws -> Checksum {
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    let digest = MessageDigest()
    try forEachChunk { bytes in
      digest.update(bytes)
      try pacing?(bytes.count)
    }
    return digest.checksum()
  }

  /// The whole file.
  ///
  /// - Parameter limit: bytes; a longer file is `badData`.
  package func contents(limit: Int) throws -> [UInt8] {
    let tooLarge = ComposeError(
      .badData, path.sanitizedForDisplay, "it is larger than \(limit) bytes",
      remedy: "Check that it is the file it should be")
    guard status.size <= limit else { throw tooLarge }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(status.size)
    try forEachChunk {
      // It may grow meanwhile.
      guard bytes.count + $0.count <= limit else { throw tooLarge }
      bytes.append(contentsOf: $0)
    }
    return bytes
  }

  /// Hands the file to `body` piece by piece, in order.
  package func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var offset: off_t = 0
    while true {
      try Interruption.check(remaining: "reading \(path.sanitizedForDisplay)")
      let count = try SystemCall.inspect(doing: "reading it", at: path) {
        Int32(clamping: pread(descriptor, buffer.baseAddress, buffer.count, offset))
      }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
      offset += off_t(count)
    }
  }
}
