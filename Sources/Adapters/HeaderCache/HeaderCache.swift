import Foundation
import GRDB
import Glibc
import ReleaseModel

/// What is known of RPM files from earlier runs, in one SQLite file: which
/// contents a file had when it was looked at, and what was made of contents.
///
/// Without it everything takes longer, and nothing else changes. It can be
/// removed at any moment; whatever is wrong with it, or cannot be written, is
/// as if it were not there: no method throws. Every row carries a sum of its
/// bytes, and one that does not hold is not there either. Several processes may
/// use it at once.
package final class HeaderCache: Sendable {
  /// Writes.
  let queue: DatabaseQueue
  /// Connections that nobody reads by at the moment. Several threads read at
  /// once: all they have in common is the file.
  let readers = Guarded<[DatabaseQueue]>([])
  /// Held by readers together, by a writer alone: how long SQLite waits is for
  /// other processes.
  let turns = ReadWriteLock()
  let path: String
  let isWritable: Bool
  /// Bytes that the file may have.
  let limit: Int
  let pending = Guarded(Pending())
  let isBroken = Guarded(false)
  /// Days since 1970: rows are evicted by the day of their last use.
  let today: Int

  /// What an opened cache may do to its file.
  package enum Access: Sendable {
    /// What a dry run has: it writes nothing at all.
    case reading
    /// Reads, keeps what is new, and evicts what is old.
    case writing
  }

  /// Grows with every change of the tables or of what is in them. It is in the
  /// file's name: versions of the program that go by different forms do not
  /// disturb each other.
  static let form = 3

  private init(queue: DatabaseQueue, path: String, access: Access, limit: Int) {
    self.queue = queue
    self.path = path
    self.limit = limit
    isWritable = access == .writing
    today = Int(Date().timeIntervalSince1970) / 86_400
  }

  deinit {
    close()
    try? queue.close()
    for reader in readers.withLock({ $0 }) { try? reader.close() }
  }

  /// Opens the cache in `directory`, which is made where it is missing; nil
  /// where that is not possible, or nothing is there to read.
  package static func open(
    directory: String, access: Access, limit: Int = 4 << 30
  ) -> HeaderCache? {
    let path = "\(directory)/headers-\(form).sqlite"
    if access == .writing {
      try? FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } else if !FileManager.default.fileExists(atPath: path) {
      return nil
    }
    guard distrust(of: directory) == nil, distrust(of: path) == nil else { return nil }
    do {
      let queue = try prepare(path, access)
      return HeaderCache(queue: queue, path: path, access: access, limit: limit)
    } catch {
      // Remove the file only if it is damaged, never if it is merely busy.
      guard access == .writing, isDamage(error) else { return nil }
      discard(path)
      return (try? prepare(path, access)).map {
        HeaderCache(queue: $0, path: path, access: access, limit: limit)
      }
    }
  }

  /// Why the file at `path` must not be used, such as another owner; nil where it
  /// may be used or is missing. What the cache says is trusted, so no other user
  /// may be able to write it.
  package static func distrust(of path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    if kind != S_IFDIR, kind != S_IFREG { return "it is neither a directory nor a file" }
    if status.st_uid != geteuid() { return "it belongs to another user" }
    if status.st_mode & 0o022 != 0 { return "others may write to it" }
    return nil
  }
}
