import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Operators who may write where names are made, and nowhere else.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("setpriv"), "changing the user needs root"))
struct PermissionTests {
  private static let user = "65534"

  private func run(_ installation: Installation, _ arguments: [String]) throws -> Shell.Outcome {
    try Shell.run(
      "setpriv",
      ["--reuid", Self.user, "--regid", Self.user, "--clear-groups", Installation.program]
        + arguments + ["--root", installation.root, "--policies", installation.policies])
  }

  /// A stream with a current release that `user` may read.
  private func readable() async throws -> (installation: Installation, ledger: String) {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    try Shell.check("chmod", ["755", installation.scratch.path])
    return (installation, installation.root + "/var/lib/epel-compose/epel-7.sqlite")
  }

  /// A writer that was killed in the middle of its transaction.
  private func interrupt(_ ledger: String) throws {
    let script = """
      import os, sqlite3, sys
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute("PRAGMA cache_size = 1")
      c.execute("BEGIN IMMEDIATE")
      c.execute("DELETE FROM release")
      c.execute("CREATE TABLE filler (x)")
      for i in range(500): c.execute("INSERT INTO filler VALUES (zeroblob(1000))")
      os._exit(9)
      """
    #expect(try Shell.run(Shell.python, ["-c", script, ledger]).status == 9)
    #expect(FileManager.default.fileExists(atPath: ledger + "-journal"))
  }

  private static let reading = [
    ["status", "7"], ["history"], ["status", "7", "--from-disk", "-n"],
  ]

  @Test func `a ledger that may not be read is not an absent one`() async throws {
    let (installation, ledger) = try await readable()
    let state = (ledger as NSString).deletingLastPathComponent
    for (mode, path) in [("0600", ledger), ("0700", state)] {
      try Shell.check("chmod", [mode, path])
      for command in Self.reading + [["promote", "7.06.201903", "--dry-run"]] {
        let outcome = try run(installation, command)
        #expect(outcome.status == 77, "\(mode) \(command): \(outcome.errors)")
        #expect(outcome.errors.contains(ledger), "it names the ledger: \(outcome.errors)")
      }
      try Shell.check("chmod", [path == ledger ? "0644" : "0755", path])
    }
    #expect(try run(installation, ["status", "7"]).status == 0)
  }

  @Test func `after a kill everybody reads what was there before`() async throws {
    let (installation, ledger) = try await readable()
    let expected = try run(installation, ["status", "7"])
    #expect(expected.status == 0 && expected.output.contains("current"), "\(expected.errors)")
    try interrupt(ledger)
    let before = try installation.snapshot()
    for command in Self.reading {
      let outcome = try run(installation, command)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
    #expect(try run(installation, ["status", "7"]).output == expected.output)
    #expect(try installation.succeed(["status", "7"]) == expected.output, "nor as root")
    #expect(try installation.snapshot() == before, "nothing was mended by a reader")
    try Shell.check("chmod", ["0600", ledger + "-journal"])
    let refused = try run(installation, ["status", "7"])
    #expect(refused.status == 77, "\(refused.errors)")
    #expect(refused.errors.contains(ledger + "-journal"), "\(refused.errors)")
  }

  @Test(arguments: ["IMMEDIATE", "EXCLUSIVE"])
  func `readers stand a writer at work`(lock: String) async throws {
    let (installation, ledger) = try await readable()
    let ready = installation.scratch.path("ready")
    let script = """
      import sqlite3, sys, time
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute("BEGIN \(lock)")
      c.execute("UPDATE event SET summary = 'not yet'")
      open(sys.argv[2], "w").close()
      time.sleep(1)
      c.execute("ROLLBACK")
      """
    // A program beside the test: a task would wait for a thread that tests may all hold.
    let writer = try RunningProgram(Shell.python, ["-c", script, ledger, ready])
    try #require(RunningProgram.wait { FileManager.default.fileExists(atPath: ready) })
    let outcome = try run(installation, ["history"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.output.contains("not yet"))
    #expect(writer.wait() == 0)
  }

  @Test func `a root of somebody else's is no hindrance, an area is`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    try installation.succeed(
      ["compose", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned"])
    try Shell.check("chmod", ["755", installation.scratch.path])
    try Shell.check("chown", ["-R", "\(Self.user):\(Self.user)", installation.root])
    let root = installation.root + "/pub/epel"
    try Shell.check("chown", ["0:0", root])
    let updates = root + "/updates"
    try Shell.check("chown", ["0:0", updates])
    let before = try installation.snapshot()
    let refused = try run(installation, ["publish", "7.07.201908"])
    #expect(refused.status == 77, "\(refused.errors)")
    #expect(refused.errors.contains(updates), "it names the directory: \(refused.errors)")
    #expect(try installation.snapshot() == before)
    try Shell.check("chown", ["\(Self.user):\(Self.user)", updates])
    for command in [
      ["publish", "7.07.201908"], ["promote", "7.07.201908", "--skip-soak"], ["rollback", "7"],
    ] {
      let outcome = try run(installation, command)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }
}
