import Glibc
import ReleaseModel

/// An exclusive `flock` on a directory, which leaves no file in it: for directories
/// that are served as they are. Held as long as this object lives.
package final class DirectoryLock {
  private let directory: Directory

  fileprivate init(_ directory: Directory) { self.directory = directory }

  deinit { flock(directory.descriptor, LOCK_UN) }
}

extension Directory {
  /// Keeps others who ask for the same out of this directory.
  ///
  /// Throws `locked` where another process has the lock. File systems that know no
  /// locks on directories give none.
  package func lock() throws -> DirectoryLock {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EWOULDBLOCK else { break }
      throw ComposeError(
        .locked, path.sanitizedForDisplay, "another process is at work in it",
        remedy: "Wait until that command has ended, then try again")
    }
    return DirectoryLock(self)
  }
}
