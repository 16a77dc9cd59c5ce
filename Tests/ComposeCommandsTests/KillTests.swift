import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// `kill -9` at calls that change something, from outside by strace: a sample
/// that confirms what ``KillSweepTests`` does at every call from inside.
@Suite(.enabled(if: Shell.canTrace, "needs strace, and no sanitizer"), .serialized) struct KillTests
{
  /// The program's own calls and, with the last three, SQLite's.
  private static let calls = [
    "linkat", "renameat", "renameat2", "symlinkat", "unlinkat", "syncfs", "mkdirat", "fsync",
    "pwrite64", "fdatasync", "unlink",
  ]

  private static let isExhaustive =
    ProcessInfo.processInfo.environment["EPEL_COMPOSE_KILLS"] == "all"

  @Test(arguments: Scene.all) func `killed at any call, the stream stays whole`(scene: Scene) throws
  {
    let rehearsal = try Rehearsal(small: TemporaryDirectory())
    try scene.prepare(rehearsal)
    let original = rehearsal.scratch.path("original")
    try Shell.check("cp", ["-a", rehearsal.root, original])
    let command = scene.command(in: rehearsal)
    // One undisturbed run tells how often each call is made.
    let counts = try Self.counts(rehearsal, command)
    var runs = 0
    for (call, count) in counts.sorted(by: { $0.key < $1.key }) {
      // One of each kind: the middle one, or with EPEL_COMPOSE_KILLS=all every
      // one of them, which takes an hour.
      for number in Self.isExhaustive ? Array(1...count) : [(count + 1) / 2] {
        try Shell.check("rm", ["-rf", rehearsal.root])
        try Shell.check("cp", ["-a", original, rehearsal.root])
        let killed = try Self.trace(
          rehearsal, command, ["-e", "inject=\(call):signal=SIGKILL:when=\(number)"])
        #expect(killed.status == SIGKILL, "\(call) \(number) was never reached")
        try expectWhole(rehearsal, "\(command[0]) killed at \(call) \(number)")
        let again = try rehearsal.run(command)
        // Status 2: killed after the last word of the ledger, it is done already.
        #expect(
          again.status == 0 || again.status == 2,
          "\(command[0]) after \(call) \(number): \(again.errors)")
        try expectSettled(rehearsal, "\(command[0]) repeated after \(call) \(number)")
        runs += 1
      }
    }
    #expect(runs >= 1)
    print("\(command[0]): killed \(runs) times, of \(counts.values.reduce(0, +)) calls")
  }

  @Test func `repeating an interrupted rollback goes back one release, not two`() throws {
    let rehearsal = try Rehearsal()
    try Scene.second(rehearsal)
    try RPMSpec("alpha", "3.0").build(into: rehearsal.pool)
    try rehearsal.release("7.08.202004")
    let killed = try Self.trace(
      rehearsal, ["rollback", "7"], ["-e", "inject=symlinkat:signal=SIGKILL:when=1"])
    #expect(killed.status == SIGKILL)
    let again = try rehearsal.run(["rollback", "7"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("the interrupted rollback was finished"))
    let link = try FileManager.default.destinationOfSymbolicLink(
      atPath: rehearsal.root + "/pub/epel/updates/7")
    #expect(link == "7.07.201908")
  }

  /// Both links lead to one release, whole as a client sees it.
  private func expectWhole(_ rehearsal: Rehearsal, _ moment: Comment) throws {
    let resolved = try ["releases", "updates"].map { area in
      try Shell.check("realpath", [rehearsal.root + "/pub/epel/\(area)/7"])
    }
    #expect(Set(resolved).count == 1, moment)
    let problems = try ServedRepositories.problems(below: rehearsal.root + "/pub/epel/releases/7")
    #expect(problems == [], moment)
  }

  /// Nothing is open, nothing temporary is left, every file is as recorded.
  private func expectSettled(_ rehearsal: Rehearsal, _ moment: Comment) throws {
    try expectWhole(rehearsal, moment)
    let status = try rehearsal.succeed(["status", "7"])
    #expect(!status.contains("interrupted"), moment)
    #expect(!status.contains("Warnings"), moment)
    let left = try Shell.check("find", [rehearsal.root, "-name", ".epel-compose-*"])
    #expect(left == "", moment)
    for release in ["7.06.201903", "7.07.201908"] where status.contains(release) {
      let outcome = try rehearsal.run(["verify", release])
      let isGone = outcome.errors.contains("has no trees")
      #expect(outcome.status == 0 || isGone, "\(moment): \(outcome.output)\(outcome.errors)")
    }
  }

  private static func trace(
    _ rehearsal: Rehearsal, _ command: [String], _ options: [String]
  ) throws -> Shell.Outcome {
    try Shell.run(
      "strace",
      [
        "-f", "-qq", "-o", rehearsal.scratch.path("trace"), "-e",
        "trace=" + calls.joined(separator: ","),
      ] + options + [Rehearsal.program] + command + [
        "--root", rehearsal.root, "--policies", rehearsal.policies, "--quiet",
      ])
  }

  private static func counts(
    _ rehearsal: Rehearsal, _ command: [String]
  ) throws -> [String: Int] {
    let outcome = try trace(rehearsal, command, [])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let text = try String(contentsOfFile: rehearsal.scratch.path("trace"), encoding: .utf8)
    var counts: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      guard let call = line.firstMatch(of: /^[0-9]+ +([a-z0-9]+)\(/)?.1 else { continue }
      counts[String(call), default: 0] += 1
    }
    return counts
  }
}
