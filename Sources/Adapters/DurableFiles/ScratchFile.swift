import Glibc
import ReleaseModel

/// An unlinked temporary file, which ends with this object: for bytes that a
/// library only reads from a file.
package final class ScratchFile {
  private let descriptor: Int32

  /// Made in `TMPDIR`, or `/tmp`; throws what the system says.
  package init() throws {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(place)/epel-compose-XXXXXX".utf8CString)
    descriptor = try SystemCall.inspect(doing: "making a scratch file", at: place) {
      mkstemp(&template)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  /// Empties the file.
  package func clear() throws {
    _ = try SystemCall.inspect(doing: "emptying a scratch file", at: "scratch file") {
      ftruncate(descriptor, 0)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  /// Appends all of `bytes`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard count >= 0 || errno == EINTR else {
        throw ComposeError(systemError: errno, doing: "writing to it", path: "a scratch file")
      }
      if count < 0 { continue }
      rest = UnsafeRawBufferPointer(rebasing: rest[Int(count)...])
    }
  }

  /// Bytes that are in it.
  package var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// What is in it, at most `limit` bytes from its beginning; throws what the system says.
  package func contents(limit: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(size, limit))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw ComposeError(systemError: errno, doing: "reading it", path: "a scratch file")
      }
      guard count > 0 else { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  /// Lends the descriptor, at the beginning of the file: for reading alone.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) rethrows -> Value {
    lseek(descriptor, 0, SEEK_SET)
    return try withExtendedLifetime(self) { try body(descriptor) }
  }
}
