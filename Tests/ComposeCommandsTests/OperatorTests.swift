import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// More than one operator, and operators who change their mind.
@Suite struct OperatorTests {
  @Test func `the second operator is told who holds the stream`() throws {
    let rehearsal = try Rehearsal()
    try RPMSpec("alpha").build(into: rehearsal.pool)
    try rehearsal.release("7.06.201903")
    let lock = rehearsal.root + "/var/lib/epel-compose/epel-7.lock"
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = ["flock", lock, "sleep", "10"]
    try holder.run()
    defer { kill(holder.processIdentifier, SIGKILL) }
    var outcome = try rehearsal.run(["rollback", "7"])
    for _ in 0..<100 where outcome.status != 75 {
      Thread.sleep(forTimeInterval: 0.05)
      outcome = try rehearsal.run(["rollback", "7"])
    }
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("held by pid"))
    // Readers need no lock.
    try rehearsal.succeed(["status", "7"])
    try rehearsal.succeed(["retirement", "7"])
    try rehearsal.succeed(
      ["plan", "7.07.201908", "--rpms", rehearsal.pool, "--allow-unsigned"])
    try rehearsal.succeed(["verify", "7.06.201903"])
  }

  @Test(.enabled(if: Shell.has("strace"), "needs strace"), arguments: [SIGINT, SIGTERM])
  func `a signal ends a compose at a safe point, and the next command recovers`(
    signal: Int32
  ) throws {
    let rehearsal = try Rehearsal()
    for index in 0..<12 { try RPMSpec("p\(index)").build(into: rehearsal.pool) }
    let rpms = ["--rpms", rehearsal.pool, "--allow-unsigned"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Slow enough to be met in the middle: a tenth of a second for each link.
    process.arguments =
      [
        "timeout", "60", "strace", "-f", "-qq", "-e", "trace=linkat", "-e",
        "inject=linkat:delay_enter=100000", "-o", rehearsal.scratch.path("trace"),
        Rehearsal.program, "compose", "7.06.201903",
      ] + rpms + ["--root", rehearsal.root, "--policies", rehearsal.policies, "--no-progress"]
    let errors = try rehearsal.scratch.write("", to: "errors")
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    func traced() -> String {
      (try? String(contentsOfFile: rehearsal.scratch.path("trace"), encoding: .utf8)) ?? ""
    }
    for _ in 0..<300 where !traced().contains("linkat(") { Thread.sleep(forTimeInterval: 0.05) }
    let pid = try #require(traced().split(separator: " ").first.flatMap { Int32($0) })
    let began = ContinuousClock.now
    #expect(kill(pid, signal) == 0)
    process.waitUntilExit()
    #expect(ContinuousClock.now - began < .seconds(5))
    #expect(process.terminationStatus == 130)
    let said = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(said.contains("Run the command again"), "\(said)")
    let status = try rehearsal.succeed(["status", "7"])
    #expect(status.contains("interrupted compose of 7.06.201903"))
    let outcome = try rehearsal.run(["compose", "7.06.201903"] + rpms)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("undid compose 7.06.201903"))
    try rehearsal.succeed(["verify", "7.06.201903"])
  }

  @Test func `help and version are results, not errors`() throws {
    for arguments in [["--help"], ["plan", "--help"], ["--version"]] {
      let outcome = try Shell.run(Rehearsal.program, arguments)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty && outcome.errors.isEmpty)
    }
  }
}
