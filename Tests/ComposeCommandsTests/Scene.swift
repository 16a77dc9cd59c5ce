import ComposeTestSupport
import Foundation
import Testing

/// A command at the moment when it runs: for tests that disturb it.
struct Scene: Sendable, CustomTestStringConvertible {
  /// `POOL` stands for the directory of RPM files.
  let command: [String]
  /// Brings a fresh stream to where the command can run.
  let prepare: @Sendable (Rehearsal) throws -> Void

  var testDescription: String { command.joined(separator: " ") }

  func command(in rehearsal: Rehearsal) -> [String] {
    command.map { $0 == "POOL" ? rehearsal.pool : $0 }
  }

  static let all = [
    compose, update, withdraw, prune, publish, promote, rollback, archive, removeOriginal,
    abandon,
  ]

  static let compose = Scene(
    command: ["compose", "7.07.201908", "--rpms", "POOL", unsigned], prepare: first)
  static let update = Scene(
    command: ["update", "7", "--rpms", "POOL", unsigned]
  ) { rehearsal in
    try first(rehearsal)
    try keepFiles(rehearsal)
  }
  static let withdraw = Scene(
    command: ["update", "7", "--withdraw", "alpha-2.0-1", "--reason", "It is broken"]
  ) { rehearsal in
    try first(rehearsal)
    try keepFiles(rehearsal)
    try rehearsal.succeed(["update", "7", "--rpms", rehearsal.pool, unsigned])
  }
  /// Nothing is new, and what the push before has replaced goes.
  static let prune = Scene(command: ["update", "7", "--rpms", "POOL", unsigned]) { rehearsal in
    try first(rehearsal)
    try rehearsal.succeed(["update", "7", "--rpms", rehearsal.pool, unsigned])
  }
  static let publish = Scene(command: ["publish", "7.07.201908"]) { rehearsal in
    try first(rehearsal)
    try rehearsal.succeed(["compose", "7.07.201908", "--rpms", rehearsal.pool, unsigned])
  }
  static let promote = Scene(command: ["promote", "7.07.201908", "--skip-soak"]) { rehearsal in
    try first(rehearsal)
    try published(rehearsal, "7.07.201908")
    // A push meanwhile: promote must renew the revision, too.
    try rehearsal.succeed(["update", "7", "--rpms", rehearsal.pool, unsigned])
    try rehearsal.succeed(["check", "7.07.201908"])
  }
  static let rollback = Scene(command: ["rollback", "7"], prepare: second)
  static let archive = Scene(command: ["archive", "7.06.201903"], prepare: second)
  static let removeOriginal = Scene(
    command: ["archive", "7.06.201903", "--remove-original"]
  ) { rehearsal in
    try second(rehearsal)
    try rehearsal.succeed(["archive", "7.06.201903"])
  }
  static let abandon = Scene(command: ["abandon", "7.07.201908"]) { rehearsal in
    try first(rehearsal)
    try published(rehearsal, "7.07.201908")
  }

  private static let unsigned = "--allow-unsigned"

  /// What nothing leads to stays: the same command again is not to remove it.
  private static func keepFiles(_ rehearsal: Rehearsal) throws {
    let policy = "\(rehearsal.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try Data(text.replacing("grace: 0 days", with: "grace: 14 days").utf8)
      .write(to: URL(fileURLWithPath: policy))
  }

  private static func published(_ rehearsal: Rehearsal, _ id: String) throws {
    try rehearsal.succeed(["compose", id, "--rpms", rehearsal.pool, unsigned])
    try rehearsal.succeed(["publish", id])
  }

  /// One release is current, and the pool has a newer build.
  static func first(_ rehearsal: Rehearsal) throws {
    try RPMSpec("alpha").build(into: rehearsal.pool)
    try RPMSpec("gamma").build(into: rehearsal.pool)
    try rehearsal.release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: rehearsal.pool)
  }

  /// A second release is current.
  static func second(_ rehearsal: Rehearsal) throws {
    try first(rehearsal)
    try rehearsal.release("7.07.201908")
  }
}
