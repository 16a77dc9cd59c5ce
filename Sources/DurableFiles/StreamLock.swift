import Foundation
import Glibc
import ReleaseModel

/// One operator a stream: an exclusive `flock` on a file that is never
/// unlinked, held as long as this object lives.
///
/// The kernel releases it when the process ends, however it ends, so it is
/// never stolen by age; a stopped process keeps it.
package final class StreamLock {
  private let descriptor: Int32

  /// Takes the lock at `path`, whose directory exists.
  ///
  /// - Parameter holder: one line that tells others who holds it.
  ///
  /// Throws `locked` when another process has it, with that process's line.
  package init(path: String, holder: String) throws {
    let descriptor = try SystemCall.mutate("opening the lock", path) {
      open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      var buffer = [UInt8](repeating: 0, count: 512)
      let count = pread(descriptor, &buffer, buffer.count, 0)
      close(descriptor)
      guard code == EWOULDBLOCK else {
        throw ComposeError(systemError: code, doing: "taking the lock", path: path)
      }
      let other =
        String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        .split(separator: "\n").first.map(String.init) ?? "another process"
      throw ComposeError(
        .locked, path, "it is held by \(other.sanitizedForDisplay)",
        remedy: "Wait until that command has ended, then try again")
    }
    self.descriptor = descriptor
    let line = Array((holder + "\n").utf8)
    do {
      try SystemCall.mutate("clearing the lock", path) { ftruncate(descriptor, 0) }
      try SystemCall.mutate("writing the lock", path) {
        Int32(clamping: pwrite(descriptor, line, line.count, 0))
      }
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }
}
