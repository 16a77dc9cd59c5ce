import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// A ledger that is lost, whole or in part: every command refuses and says
/// how to get it back, and what comes back is what the disk proves.
@Suite(.waiting) struct LostLedgerTests {
  enum Loss: String, CaseIterable, CustomTestStringConvertible {
    case deleted, emptied, truncated, overwritten, replaced, newer
    /// With the journal of a transaction that was killed beside it.
    case deletedWithJournal, emptiedWithJournal
    /// Whole as a database, but not ours.
    case withoutTables
    /// One bit, where SQLite sees nothing.
    case flipped
    /// By a person, with a program of SQLite.
    case edited

    var testDescription: String { rawValue }

    func strike(_ path: String) throws {
      let manager = FileManager.default
      let url = URL(fileURLWithPath: path)
      var data = try Data(contentsOf: url)
      switch self {
      case .deletedWithJournal, .emptiedWithJournal:
        try Self.killTransaction(path)
        if self == .deletedWithJournal {
          try manager.removeItem(at: url)
        } else {
          truncate(path, 0)
        }
      case .withoutTables:
        try LedgerFile.execute("DROP TABLE tree", at: path)
      case .flipped:
        let text = try #require(data.firstRange(of: Data("7.07.201908".utf8)))
        try LedgerFile.flip(1, at: text.upperBound - 1, of: path)
      case .edited:
        try LedgerFile.execute(
          "UPDATE release SET since = since - 86400", at: path, isSealed: false)
      case .deleted: try manager.removeItem(at: url)
      case .emptied: truncate(path, 0)
      case .truncated: try data.prefix(data.count / 2).write(to: url)
      case .overwritten:
        // Pages in the middle: SQLite opens it without a murmur.
        data.replaceSubrange(8192..<16_384, with: Data(repeating: 0xAB, count: 8192))
        try data.write(to: url)
      case .replaced: try Data("not a database, but as long as one".utf8).write(to: url)
      case .newer: try LedgerFile.execute("INSERT INTO grdb_migrations VALUES ('99')", at: path)
      }
    }

    /// Leaves a hot journal: pages reach the file before the commit, which
    /// never comes.
    private static func killTransaction(_ path: String) throws {
      let outcome = try Shell.run(
        Shell.python,
        [
          "-c",
          """
          import os, sqlite3, sys
          c = sqlite3.connect(sys.argv[1], isolation_level=None)
          c.execute("PRAGMA cache_size = 1")
          c.execute("BEGIN")
          c.execute("UPDATE event SET summary = 'lost'")
          for i in range(3000):
              c.execute("INSERT INTO event (at, command, release, operator, summary) "
                        "VALUES (0, 'x', 'x', 'x', ?)", ("y" * 100,))
          os.kill(os.getpid(), 9)
          """, path,
        ])
      #expect(outcome.status != 0)
      #expect(FileManager.default.fileExists(atPath: path + "-journal"), "a hot journal")
    }
  }

  @Test(arguments: Loss.allCases)
  func `a lost ledger is refused, and rebuilt from the disk`(loss: Loss) async throws {
    let installation = try await PreparedScene.installation(of: .archive, in: TemporaryDirectory())
    try installation.succeed(["archive", "7.06.201903"])
    try RPMSpec("delta").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    let ledger = installation.root + "/var/lib/epel-compose/epel-7.sqlite"
    try loss.strike(ledger)
    let served = Listing.of(installation.root + "/pub")
    let before = try installation.snapshot()
    let compose = ["compose", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned"]
    for command in [
      ["status", "7"], ["rollback", "7"], compose, ["promote", "7.07.201908", "--dry-run"],
      ["plan", "7.08.202004", "--rpms", installation.pool], ["verify", "7.07.201908"],
    ] {
      let outcome = try installation.run(command)
      #expect(outcome.status == 65, "\(command): \(outcome.errors)")
      #expect(outcome.errors.contains("--from-disk"), "\(command): \(outcome.errors)")
    }
    #expect(try installation.snapshot() == before, "refusing writes nothing")
    try installation.succeed(["status", "7", "--from-disk", "--dry-run"])
    #expect(try installation.snapshot() == before, "a dry run writes nothing")
    let rebuilt = try installation.succeed(["status", "7", "--from-disk"])
    #expect(rebuilt.contains("was made anew"))
    #expect(Listing.of(installation.root + "/pub") == served, "trees and links are untouched")
    let aside = try FileManager.default.contentsOfDirectory(
      atPath: installation.root + "/var/lib/epel-compose"
    ).filter { $0.contains("unreadable") }
    #expect(aside.isEmpty == (loss == .deleted), "the old file is put aside, not removed")
    #expect(
      !FileManager.default.fileExists(atPath: ledger + "-journal"), "nor is its journal applied")
    // Life goes on.
    let status = try installation.succeed(["status", "7"])
    // Two whole places: whether the archive was finished, no disk can tell.
    #expect(status.contains(/7\.06\.201903 +superseded/))
    #expect(rebuilt.contains("whether the archive of 7.06.201903 was finished"))
    try installation.succeed(["archive", "7.06.201903"])
    #expect(status.contains(/7\.07\.201908 +current/))
    try installation.succeed(["verify", "7.06.201903"])
    try installation.succeed(["check", "7.07.201908"])
    let retirement = try installation.succeed(["retirement", "7", "delta", "alpha"])
    #expect(retirement.contains(/delta +live +7\.07\.201908/))
    #expect(retirement.contains(/alpha +live +7\.06\.201903/))
    try installation.succeed(compose)
    try installation.succeed(["publish", "7.08.202004"])
    try installation.succeed(["promote", "7.08.202004", "--skip-soak"])
    try installation.succeed(["rollback", "7"])
    #expect(
      try ServedRepositories.problems(below: installation.root + "/pub/epel/updates/7") == [])
  }

  @Test func `one lost stream hides no other`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.succeed(["compose", "10.1", "--rpms", installation.pool, "--allow-unsigned"])
    try installation.release("7.06.201903")
    try FileManager.default.removeItem(
      atPath: installation.root + "/var/lib/epel-compose/epel-10.sqlite")
    let outcome = try installation.run(["status"])
    #expect(outcome.status == 65)
    #expect(outcome.output.contains(/7\.06\.201903 +current/))
    #expect(outcome.errors.contains("status 10 --from-disk"), "\(outcome.errors)")
    #expect(outcome.errors.contains("--root \(installation.root)"), "it stays in the installation")
  }

  @Test func `a ledger that comes back while the trees are read stays`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: .inMemory())
    let ledger = installation.root + "/var/lib/epel-compose/epel-7.sqlite"
    try FileManager.default.moveItem(atPath: ledger, toPath: ledger + ".away")
    let go = installation.scratch.path("go")
    let running = try installation.start(["status", "7", "--from-disk"], fault: "wait:\(go):1")
    try #require(
      RunningProgram.wait { FileManager.default.fileExists(atPath: go + ".waiting") })
    try FileManager.default.moveItem(atPath: ledger + ".away", toPath: ledger)
    try Data().write(to: URL(fileURLWithPath: go))
    #expect(running.wait() == 2, "\(running.errors)")
    #expect(running.errors.contains("was left alone"))
    let history = try installation.succeed(["history"])
    #expect(!history.contains("rebuild"))
  }

  @Test func `a ledger that can be read is never replaced`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    let before = try installation.snapshot()
    let shown = try installation.succeed(["status", "7", "--from-disk"])
    #expect(shown.contains("nothing was written"))
    #expect(try installation.snapshot() == before)
  }

  @Test func `a disk that contradicts itself is not believed`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: TemporaryDirectory())
    let state = installation.root + "/var/lib/epel-compose/epel-7.sqlite"
    try FileManager.default.removeItem(atPath: state)
    let victim = installation.root + "/pub/epel/updates/7.06.201903/.composeinfo"
    let intact = try Data(contentsOf: URL(fileURLWithPath: victim))
    try (intact + Data("\n".utf8)).write(to: URL(fileURLWithPath: victim))
    let outcome = try installation.run(["status", "7", "--from-disk"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("other contents than recorded"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: state))
    try intact.write(to: URL(fileURLWithPath: victim))
    // A link that leads to nothing that was proven.
    let link = installation.root + "/pub/epel/updates/7"
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "7.05.201810")
    let dangling = try installation.run(["status", "7", "--from-disk"])
    #expect(dangling.status == 2)
    #expect(dangling.errors.contains("7.05.201810"), "\(dangling.errors)")
    // Half of a publish.
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "7.06.201903")
    try FileManager.default.moveItem(
      atPath: installation.root + "/pub/epel/releases/7.06.201903",
      toPath: installation.root + "/pub/alt/epel/releases/7.06.201903")
    let half = try installation.run(["status", "7", "--from-disk"])
    #expect(half.status == 2)
    #expect(half.errors.contains("is whole in no place"), "\(half.errors)")
  }

  @Test func `a rebuild that is killed at any call can be repeated`() async throws {
    let installation = try await PreparedScene.installation(of: .compose, in: .inMemory())
    let ledger = installation.root + "/var/lib/epel-compose/epel-7.sqlite"
    try Loss.overwritten.strike(ledger)
    let original = installation.scratch.path("original")
    try Shell.check("cp", ["-a", installation.root, original])
    let command = ["status", "7", "--from-disk"]
    let trace = installation.scratch.path("trace")
    #expect(try installation.run(command, fault: nil, trace: trace).status == 0)
    let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count
    var kills = 0
    for number in SweepDensity.points(calls, of: "killed rebuilds of a ledger") {
      try LinkedCopy.remove(installation.root)
      try LinkedCopy.make(of: original, at: installation.root)
      // Another run may make fewer calls, and come to its end.
      let outcome = try installation.run(command, fault: "kill:\(number)")
      #expect([0, SIGKILL].contains(outcome.status), "\(outcome.errors)")
      if outcome.status == SIGKILL {
        kills += 1
        try installation.succeed(command)
      }
      let status = try installation.succeed(["status", "7"])
      #expect(status.contains(/7\.06\.201903 +current/), "killed at call \(number)")
      let left = try Shell.check("find", [installation.root, "-name", ".epel-compose-*"])
      #expect(left == "", "killed at call \(number)")
    }
    #expect(kills > 0)
  }
}
