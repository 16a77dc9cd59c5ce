import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Small machines: whatever limit the system sets, a command comes to its end within
/// seconds, with a documented status and never by a signal, and the trees stay whole.
@Suite(.waiting, .enabled(if: Shell.has("prlimit"))) struct LimitTests {
  /// A resource, and limits for it from too little to plenty.
  enum Limit: String, CaseIterable, CustomTestStringConvertible {
    case `as`, stack, nofile, fsize

    var testDescription: String { rawValue }

    var values: [Int] {
      switch self {
      case .as: [256 << 20, 600 << 20, 800 << 20]
      case .stack: [32 << 10, 256 << 10, 1 << 20]
      case .nofile: [8, 32, 64]
      case .fsize: [4096, 1 << 20, 64 << 20]
      }
    }

    /// What the message names where the limit is too low.
    var name: String { "RLIMIT_" + rawValue.uppercased() }
  }

  private static let documented: Set<Int32> = [0, 1, 2, 64, 65, 66, 69, 73, 74, 75, 77, 130]

  private func run(
    _ installation: Installation, _ command: [String], _ limit: String, as user: String? = nil
  ) throws -> Shell.Outcome {
    let other = user.map {
      ["setpriv", "--reuid", $0, "--regid", $0, "--clear-groups"]
    }
    let words =
      (other ?? []) + ["prlimit", limit, Installation.program] + command
      + ["--root", installation.root, "--policies", installation.policies]
    return try Shell.run(words[0], Array(words.dropFirst()), seconds: 30)
  }

  private func commands(_ installation: Installation) -> [[String]] {
    let builds = ["--rpms", installation.pool, "--allow-unsigned"]
    return [
      ["status", "7"], ["plan", "7.07.201908"] + builds, ["update", "7"] + builds,
    ]
  }

  private func expectWhole(_ installation: Installation) throws {
    #expect(
      try ServedRepositories.problems(below: installation.root + "/pub/epel/updates/7") == [])
    try installation.succeed(["verify", "7.06.201903"])
  }

  @Test(arguments: Limit.allCases)
  func `a limit ends no command by a signal`(limit: Limit) async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    try RPMSpec("delta").build(into: installation.pool)
    for value in limit.values {
      for command in commands(installation) {
        let outcome = try run(installation, command, "--\(limit)=\(value)")
        #expect(
          Self.documented.contains(outcome.status),
          "\(limit) \(value) \(command[0]): \(outcome.status) \(outcome.errors)")
        // The superuser may raise it, and then does.
        if value == limit.values[0], outcome.status != 0 {
          #expect(outcome.errors.contains(limit.name), "\(outcome.errors)")
          #expect(outcome.errors.contains("ulimit"), "it says how: \(outcome.errors)")
        }
        if value == limit.values.last {
          #expect(outcome.status == 0, "\(limit) \(value) \(command[0]): \(outcome.errors)")
        }
      }
      try expectWhole(installation)
    }
  }

  @Test(.enabled(if: getuid() == 0 && Shell.has("setpriv"), "changing the user needs root"))
  func `where there are no threads, a command says so or does without`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    try RPMSpec("delta").build(into: installation.pool)
    try Shell.check("chmod", ["755", installation.scratch.path])
    // A user of its own: the limit counts all that a user runs.
    let user = "64789"
    var ends: Set<Int32> = []
    for threads in 0...6 {
      for command in commands(installation).prefix(2) {
        let outcome = try run(installation, command, "--nproc=\(threads)", as: user)
        ends.insert(outcome.status)
        #expect([0, 1].contains(outcome.status), "\(threads) \(command[0]): \(outcome.errors)")
        if outcome.status == 1 {
          #expect(outcome.errors.contains("ulimit -u"), "\(outcome.errors)")
        }
      }
    }
    #expect(ends == [0, 1], "too few are told, enough will do")
  }
}
