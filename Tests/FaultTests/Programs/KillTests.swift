import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// `kill -9` at calls that change something, from outside by strace: a sample
/// that confirms what ``KillSweepTests`` does at every call from inside, and
/// that meets SQLite's calls as well.
@Suite(
  .waiting, .enabled(if: Shell.canTrace, "needs strace, and no sanitizer"))
struct KillTests {
  /// The program's own calls and, with the last three, SQLite's.
  private static let calls = [
    "linkat", "renameat", "renameat2", "symlinkat", "unlinkat", "syncfs", "mkdirat", "fsync",
    "pwrite64", "fdatasync", "unlink",
  ]

  private static let isExhaustive =
    ProcessInfo.processInfo.environment["EPEL_COMPOSE_KILLS"] == "all"

  @Test(arguments: Scene.all)
  func `killed at any call, the stream stays whole`(scene: Scene) async throws {
    let program = try await DisturbedProgram(scene)
    // One undisturbed run tells how often each call is made, about: no two runs
    // of SQLite are the same.
    try program.restore()
    let points = try Self.counts(program).sorted { $0.key < $1.key }.flatMap { call, count in
      // One of each kind: the middle one, or with EPEL_COMPOSE_KILLS=all every
      // one of them, which takes an hour.
      (Self.isExhaustive ? Array(1...count) : [(count + 1) / 2]).map { (call, $0) }
    }
    var kills = 0
    let visited = SweepDensity.points(
      points.count, of: "programs killed from outside", scene.testDescription)
    for point in visited {
      let (call, number) = points[point - 1]
      try program.restore()
      let moment = "killed at \(call) \(number)"
      let outcome = try Self.trace(program, ["-e", "inject=\(call):signal=SIGKILL:when=\(number)"])
      if outcome.status == SIGKILL {
        kills += 1
        try program.expectWhole(moment)
        // It had told how it ended: who gives it again wants it once more.
        if try !outcome.output.isEmpty && program.hasReported {
          try program.expectFinished(moment)
        } else {
          try program.finish("\(moment), repeated")
        }
      } else {
        // It came to its end with fewer of these calls.
        #expect(outcome.status == 0, "\(moment): \(outcome.errors)")
        try program.expectFinished(moment)
      }
    }
    #expect(kills > 0 || visited.count < points.count)
  }

  @Test func `repeating an interrupted rollback goes back one release, not two`() async throws {
    let installation = try await PreparedScene.installation(of: .rollback, in: TemporaryDirectory())
    try RPMSpec("alpha", "3.0").build(into: installation.pool)
    try installation.release("7.08.202004")
    let killed = try Self.trace(
      installation, ["rollback", "7"], ["-e", "inject=symlinkat:signal=SIGKILL:when=1"])
    #expect(killed.status == SIGKILL)
    let again = try installation.run(["rollback", "7"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("the interrupted rollback was finished"))
    let link = try FileManager.default.destinationOfSymbolicLink(
      atPath: installation.root + "/pub/epel/updates/7")
    #expect(link == "7.07.201908")
  }

  private static func trace(
    _ program: DisturbedProgram, _ options: [String]
  ) throws -> Shell.Outcome {
    try trace(program.installation, program.arguments, options)
  }

  private static func trace(
    _ installation: Installation, _ command: [String], _ options: [String]
  ) throws -> Shell.Outcome {
    try Shell.run(
      "strace",
      [
        "-f", "-qq", "-o", installation.scratch.path("trace"), "-e",
        "trace=" + calls.joined(separator: ","),
      ] + options + [Installation.program] + command + [
        "--root", installation.root, "--policies", installation.policies, "--quiet",
      ])
  }

  private static func counts(_ program: DisturbedProgram) throws -> [String: Int] {
    let outcome = try trace(program, [])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let text = try String(
      contentsOfFile: program.installation.scratch.path("trace"), encoding: .utf8)
    var counts: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      guard let call = line.firstMatch(of: /^[0-9]+ +([a-z0-9]+)\(/)?.1 else { continue }
      counts[String(call), default: 0] += 1
    }
    return counts
  }
}
