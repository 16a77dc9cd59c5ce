package import Foundation
import Glibc

/// A temporary directory that is removed with this object: below `TMPDIR`, or in `/tmp`.
///
/// A process that is killed leaves its own behind. So each is locked (`flock`, which the
/// kernel releases with the process), and the first one of a process removes those of
/// the same user that nobody holds any more.
package final class ScratchDirectory: Sendable {
  /// Absolute path.
  package let path: String
  private let descriptor: Int32

  private static let prefix = "epel-compose-scratch-"
  /// Seconds after which a directory without a lock is nobody's: its lock is taken right
  /// after it is made.
  private static let patience = 60
  private static let sweptPlaces = Guarded<Set<String>>([])

  /// The same as a URL.
  package var url: URL { URL(fileURLWithPath: path, isDirectory: true) }

  /// Throws `inputOutput` where none can be made.
  ///
  /// - Parameter isPlain: whether programs are told of it that take a path with spaces or
  ///   commas for several, as dnf does: where `TMPDIR` has such a path, it is in `/tmp`.
  package init(isPlain: Bool = false) throws {
    let choice = FileManager.default.temporaryDirectory.path
    let isOdd = !choice.consistsOfAlphanumerics(and: "_./+-")
    let place = isPlain && isOdd ? "/tmp" : choice
    Self.sweptPlaces.withLock { places in
      if places.insert(place).inserted { Self.sweep(place) }
    }
    var template = Array("\(place)/\(Self.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ComposeError(
        .inputOutput, place.sanitizedForDisplay,
        "no directory can be made there: \(String(cString: strerror(errno)))",
        remedy: "Free space there, or name another place with TMPDIR")
    }
    path = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // Without its lock it may be taken for nobody's after a while; nothing else is lost.
    if descriptor >= 0 { flock(descriptor, LOCK_EX | LOCK_NB) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Removes what processes that are gone have left in `place`.
  private static func sweep(_ place: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let path = "\(place)/\(name)"
      let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard directory >= 0 else { continue }
      defer { close(directory) }
      var status = stat()
      guard fstat(directory, &status) == 0, status.st_uid == geteuid(),
        time(nil) - status.st_mtim.tv_sec > patience, flock(directory, LOCK_EX | LOCK_NB) == 0
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
