import ComposeTestSupport
import Foundation
import Glibc
import Testing

extension Installation {
  /// With two modules and a change feed in the policy.
  ///
  /// - Parameter patience: `mirrors.patience`.
  static func tellingMirrors(patience: String) throws -> Installation {
    // What is pushed meanwhile is newer than what the next release has.
    let installation = try Installation(
      small: .inMemory(), gate: "checks: {rehearsal: off, upgrade-path: warn}\n")
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try """
    \(text)
    mirrors:
      modules:
        - {name: epel, path: /pub/epel}
        - {name: archives, path: /pub/archives}
      patience: \(patience)
      feed: true

    """.write(toFile: file, atomically: true, encoding: .utf8)
    return installation
  }

  private var listsLock: String { "\(root)/var/lib/epel-compose/lists.lock" }

  /// Holds the lock of the lists while `body` runs, as another writer does.
  func whileListsAreLocked(_ body: () throws -> Void) throws {
    let descriptor = open(listsLock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    try body()
  }

  /// Whether `program` has opened the lock of the lists.
  func waitsForLists(_ program: RunningProgram) -> Bool {
    let directory = "/proc/\(program.pid)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.contains {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\($0)"))?
        .hasSuffix("/lists.lock") == true
    }
  }

  /// Runs `body` with a policy whose soak time is over at once.
  func withoutSoak(_ body: () throws -> Void) throws {
    let file = "\(policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("soak: 3 days"))
    try text.replacing("soak: 3 days", with: "soak: 0 days")
      .write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? text.write(toFile: file, atomically: true, encoding: .utf8) }
    try body()
  }
}
