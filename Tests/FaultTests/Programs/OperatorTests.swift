import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// More than one operator, and operators who change their mind.
@Suite(.waiting) struct OperatorTests {
  @Test func `the second operator is told who holds the stream`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    let lock = installation.root + "/var/lib/epel-compose/epel-7.lock"
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = ["flock", lock, "sleep", "10"]
    try holder.run()
    defer { kill(holder.processIdentifier, SIGKILL) }
    var outcome = try installation.run(["rollback", "7"])
    for _ in 0..<100 where outcome.status != 75 {
      Thread.sleep(forTimeInterval: 0.05)
      outcome = try installation.run(["rollback", "7"])
    }
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("held by another process"))
    // Readers need no lock.
    try installation.succeed(["status", "7"])
    try installation.succeed(["retirement", "7"])
    try installation.succeed(
      ["plan", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned"])
    try installation.succeed(["verify", "7.06.201903"])
  }

  @Test(
    .enabled(if: Shell.canTrace, "needs strace, and no sanitizer"), arguments: [SIGINT, SIGTERM])
  func `a signal ends a compose at a safe point, and the next command recovers`(
    signal: Int32
  ) throws {
    let installation = try Installation.withoutClients()
    for index in 0..<12 { try RPMSpec("p\(index)").build(into: installation.pool) }
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Slow enough to be met in the middle: a tenth of a second for each link.
    process.arguments =
      [
        "timeout", "60", "strace", "-f", "-qq", "-e", "trace=linkat", "-e",
        "inject=linkat:delay_enter=100000", "-o", installation.scratch.path("trace"),
        Installation.program, "compose", "7.06.201903",
      ] + rpms + [
        "--root", installation.root, "--policies", installation.policies, "--no-progress",
      ]
    let errors = try installation.scratch.write("", to: "errors")
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    func traced() -> String {
      (try? String(contentsOfFile: installation.scratch.path("trace"), encoding: .utf8)) ?? ""
    }
    try #require(RunningProgram.wait { traced().contains("linkat(") })
    let pid = try #require(traced().split(separator: " ").first.flatMap { Int32($0) })
    #expect(kill(pid, signal) == 0)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let said = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(said.contains("Run the command again"), "\(said)")
    let status = try installation.succeed(["status", "7"])
    #expect(status.contains("interrupted compose of 7.06.201903"))
    let outcome = try installation.run(["compose", "7.06.201903"] + rpms)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("undid compose 7.06.201903"))
    try installation.succeed(["verify", "7.06.201903"])
  }

  @Test func `of two operators at once one wins and the other is told, again and again`()
    async throws
  {
    let installation = try await PreparedScene.installation(of: .rollback, in: .inMemory())
    let rounds = SweepDensity.points(100, of: "two operators at once").count
    for round in 0..<rounds {
      // The winner waits, lock in hand, until the loser has been told.
      let command =
        round % 2 == 0 ? ["rollback", "7"] : ["promote", "7.07.201908", "--skip-soak"]
      let go = installation.scratch.path("go\(round)")
      let operators = try (0..<2).map { _ in
        try installation.start(command, fault: "wait:\(go):4")
      }
      try #require(RunningProgram.wait { operators.contains { !$0.isRunning } })
      let loser = operators[0].isRunning ? 1 : 0
      let winner = 1 - loser
      #expect(operators[loser].wait() == 75, "\(operators[loser].errors)")
      #expect(operators[winner].isRunning, "round \(round): both were refused")
      #expect(operators[loser].errors.contains("held by pid \(operators[winner].pid), "))
      #expect(operators[loser].errors.contains("\(command[0]) 7"))
      try Data().write(to: URL(fileURLWithPath: go))
      #expect(operators[winner].wait() == 0, "\(operators[winner].errors)")
    }
    let link = try FileManager.default.destinationOfSymbolicLink(
      atPath: installation.root + "/pub/epel/updates/7")
    #expect(link == (rounds % 2 == 0 ? "7.07.201908" : "7.06.201903"))
    #expect(
      try ServedRepositories.problems(below: installation.root + "/pub/epel/updates/7") == [])
  }

  @Test func `a stopped holder keeps the lock, a killed one does not`() async throws {
    let installation = try await PreparedScene.installation(of: .rollback, in: .inMemory())
    let go = installation.scratch.path("go")
    let holder = try installation.start(["rollback", "7"], fault: "wait:\(go):6")
    try #require(
      RunningProgram.wait { FileManager.default.fileExists(atPath: go + ".waiting") })
    holder.signal(SIGSTOP)
    for _ in 0..<3 {
      let other = try installation.run(["promote", "7.07.201908"])
      #expect(other.status == 75, "\(other.errors)")
      #expect(other.errors.contains("held by pid \(holder.pid), rollback 7"))
    }
    try installation.succeed(["status", "7"])
    holder.signal(SIGKILL)
    _ = holder.wait()
    try installation.succeed(["rollback", "7"])
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends work that does not come to a safe point within a second`(
    signal: Int32
  ) async throws {
    let installation = try await PreparedScene.installation(of: .rollback, in: .inMemory())
    let never = installation.scratch.path("never")
    let running = try installation.start(["rollback", "7"], fault: "wait:\(never):8")
    try #require(
      RunningProgram.wait { FileManager.default.fileExists(atPath: never + ".waiting") })
    let began = ContinuousClock.now
    running.signal(signal)
    #expect(running.wait() == 130)
    // The promise is one second; the rest is for a busy machine. The work would
    // go on waiting for a minute.
    #expect(ContinuousClock.now - began < .seconds(30))
    #expect(running.errors.contains("steps of rollback to 7.06.201903"), "\(running.errors)")
    #expect(running.errors.contains("Run the command again"))
    let again = try installation.run(["rollback", "7"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("finished rollback to 7.06.201903"))
    #expect(
      try ServedRepositories.problems(below: installation.root + "/pub/epel/updates/7") == [])
  }

  @Test func `help and version are results, not errors`() throws {
    for arguments in [["--help"], ["plan", "--help"], ["--version"]] {
      let outcome = try Shell.run(Installation.program, arguments)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty && outcome.errors.isEmpty)
    }
  }
}
