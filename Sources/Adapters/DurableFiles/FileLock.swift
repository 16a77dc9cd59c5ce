import Glibc
import ReleaseModel

/// An exclusive `flock` on a file that other programs lock as well, such as
/// `update-fullfiletimelist -l FILE`. Nothing is written into it, and it is never removed;
/// held as long as this object lives.
package final class FileLock {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Waits for the lock, and makes the file where there is none; missing directories above it
  /// are made too.
  ///
  /// - Parameters:
  ///   - path: absolute.
  ///   - patience: how long to wait, in seconds; it is tried at least once.
  ///
  /// Throws `locked` when time is up, `interrupted` when a signal arrives meanwhile, and what
  /// the system says where the file cannot be opened.
  package static func take(_ path: String, patience: Int) throws -> FileLock {
    let name = String(path.split(separator: "/").last ?? "")
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let directory = try Directory.create(root: parent.isEmpty ? "/" : parent)
    let lock = FileLock(
      descriptor: try SystemCall.mutate(
        .openLock(in: directory.descriptor, name: name), doing: "opening the lock", at: path))
    var waited = 0
    while flock(lock.descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EWOULDBLOCK else {
        throw ComposeError(systemError: code, doing: "taking the lock", path: path)
      }
      guard waited < patience * 10 else {
        throw ComposeError(
          .locked, path.sanitizedForDisplay,
          "another program holds it for longer than "
            + "\(patience) seconds",
          remedy: "Find out who writes the lists (fuser \(path.shellWord)), and wait for it")
      }
      try Interruption.check(remaining: "waiting for \(path.sanitizedForDisplay)")
      usleep(100_000)
      waited += 1
    }
    return lock
  }
}
