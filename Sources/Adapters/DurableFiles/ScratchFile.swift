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

  /// Lends the descriptor, at the beginning of the file: for reading alone.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) throws -> Value {
    lseek(descriptor, 0, SEEK_SET)
    return try withExtendedLifetime(self) { try body(descriptor) }
  }
}
