package import Foundation
import Glibc
import ReleaseModel

/// A directory that goes away with the object.
package final class TemporaryDirectory: Sendable {
  package let url: URL

  package var path: String { url.path }

  /// - Parameter parent: where to make it; the system's choice if nil.
  package init(in parent: URL? = nil) throws {
    let base = parent ?? FileManager.default.temporaryDirectory
    url = base.appending(path: "epel-compose-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// A directory in memory where the machine has one: sweeps would spend
  /// their time on fsync.
  package static func inMemory() throws -> TemporaryDirectory {
    let memory = "/dev/shm"
    return try TemporaryDirectory(
      in: access(memory, W_OK) == 0 ? URL(fileURLWithPath: memory) : nil)
  }

  /// One whose path rpmbuild can work in, which takes a space for the end of a path.
  package static func ofPlainPath() throws -> TemporaryDirectory {
    let choice = FileManager.default.temporaryDirectory.path
    let isPlain = choice.wholeMatch(of: /[A-Za-z0-9_.\/+-]+/) != nil
    return try TemporaryDirectory(in: isPlain ? nil : URL(fileURLWithPath: "/tmp"))
  }

  private static let kept = Guarded<[String]>([])
  private static let cleansUp: Bool = {
    atexit { TemporaryDirectory.removeKept() }
    return true
  }()

  /// For what lives as long as the process, whose `deinit` never comes.
  package func removeAtExit() {
    if Self.cleansUp { Self.kept.withLock { $0.append(path) } }
  }

  private static func removeKept() {
    for path in kept.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Path of `name` in it.
  package func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a text file, with its parents.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
