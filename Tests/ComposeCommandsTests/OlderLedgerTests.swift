import ComposeTestSupport
import Foundation
import Testing

/// A ledger that was restored from an older copy: the trees are ahead of it, and
/// whatever goes on from there would undo what was decided since.
@Suite(.waiting) struct OlderLedgerTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory(), grace: "14 days")
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  private func add(_ name: String, _ version: String = "1.0") throws {
    try RPMSpec(name, version).build(into: installation.pool)
  }

  /// Releases in every state that commands ask for; 7.07.201908 is current.
  private func prepare() throws {
    try add("walnut")
    try add("hazel")
    try installation.release("7.06.201903")
    try add("walnut", "1.1")
    try installation.release("7.07.201908")
    try add("almond")
    try installation.succeed(["compose", "7.08.202004"] + rpms)
    try installation.succeed(["publish", "7.08.202004"])
    try installation.succeed(["compose", "7.09.202010"] + rpms)
  }

  /// Every command that changes a stream, in a state where it could.
  private var commands: [[String]] {
    [
      ["update", "7"] + rpms, ["update", "7", "cashew-1.0-1"] + rpms,
      ["update", "7", "--again", "pecan-2.0-1"] + rpms,
      ["update", "7", "--withdraw", "hazel-1.0-1", "--reason", "No"],
      ["update", "7", "--undo", "--reason", "No"], ["rollback", "7"],
      ["promote", "7.08.202004", "--skip-soak"], ["publish", "7.09.202010"],
      ["abandon", "7.09.202010"], ["abandon", "7.08.202004"], ["archive", "7.06.201903"],
      ["archive", "7.06.201903", "--remove-original"], ["compose", "7.09.202011"] + rpms,
      ["check", "7.07.201908"],
    ]
  }

  private func expectBehind(_ arguments: [String], _ also: [String] = []) throws {
    for dry in [[], ["--dry-run"]] {
      let before = try installation.snapshot()
      let outcome = try installation.run(arguments + dry)
      #expect(outcome.status == 2, "\(arguments + dry): \(outcome.errors)")
      let way =
        "status 7 --from-disk --policies \(installation.policies) --root \(installation.root)"
      for text in [way, "The ledger is an older copy"] + also {
        #expect(outcome.errors.contains(text), "\(arguments + dry): \(outcome.errors)")
      }
      for wrong in ["ln -sfn", "ove it away", "estore the tree", "restore it from a mirror"] {
        #expect(!outcome.errors.contains(wrong), "\(arguments + dry): \(outcome.errors)")
      }
      #expect(try installation.snapshot() == before, "\(arguments + dry)")
    }
  }

  @Test func `no command goes on from it, and each says what it lacks`() throws {
    try prepare()
    let older = try OlderCopy(of: installation)
    try add("pecan", "2.0")
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(
      ["update", "7", "--withdraw", "pecan-2.0-1", "--reason", "It eats trees"])
    let newest = try OlderCopy(of: installation)
    try older.restoreLedger()
    try add("cashew")
    for command in commands {
      try expectBehind(
        command,
        [
          "updates/7.07.201908 is ahead of the ledger: it has push 2", "pushes 1, 2",
          "pecan-2.0-1",
        ])
    }
    #expect(try installation.status().warnings.contains("ledger-behind"))
    let verified = try installation.run(["verify", "7.07.201908"])
    #expect(verified.status == 2)
    #expect(verified.output.contains("--from-disk"), "\(verified.output)")
    #expect(!verified.output.contains("Restore the tree"), "that would send users back")
    let plan = try installation.succeed(["plan", "7.09.202011"] + rpms)
    #expect(plan.contains("The ledger is an older copy"))
    // The same commands, with the ledger that belongs to the trees.
    try newest.restoreLedger()
    #expect(!(try installation.status().warnings.contains("ledger-behind")))
    for command in commands {
      let outcome = try installation.run(command + ["--dry-run"])
      #expect(!outcome.errors.contains("older copy"), "\(command): \(outcome.errors)")
      // These have reasons of their own by now.
      if ["promote", "compose"].contains(command[0]) || command.contains("--remove-original") {
        continue
      }
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }

  /// Something that happens after the copy of the ledger was made.
  struct Change: CustomTestStringConvertible {
    let testDescription: String
    /// `POOL` stands for the RPM files.
    let commands: [[String]]

    static let all = [
      Change(testDescription: "publish", commands: [["publish", "7.09.202010"]]),
      Change(
        testDescription: "promote", commands: [["promote", "7.08.202004", "--skip-soak"]]),
      Change(testDescription: "rollback", commands: [["rollback", "7"]]),
      Change(
        testDescription: "promote, then back",
        commands: [["promote", "7.08.202004", "--skip-soak"], ["rollback", "7"]]),
      Change(
        testDescription: "archive, and its original removed",
        commands: [["archive", "7.06.201903"], ["archive", "7.06.201903", "--remove-original"]]),
      Change(
        testDescription: "compose",
        commands: [["compose", "7.10.202104", "--rpms", "POOL", "--allow-unsigned"]]),
      Change(
        testDescription: "abandoned, and composed again",
        commands: [
          ["abandon", "7.09.202010"],
          ["compose", "7.09.202010", "--rpms", "POOL", "--allow-unsigned"],
        ]),
      Change(
        testDescription: "a push",
        commands: [["update", "7", "--rpms", "POOL", "--allow-unsigned"]]),
    ]
  }

  @Test(arguments: Change.all)
  func `whatever was done since is seen, and comes back from the disk`(change: Change) throws {
    // Originals can go at once.
    let installation = try Installation(small: .inMemory())
    let tests = OlderLedgerTests(installation)
    try tests.prepare()
    if change.testDescription == "a push" { try tests.add("walnut", "1.2") }
    let older = try OlderCopy(of: installation)
    for command in change.commands {
      try installation.succeed(command.map { $0 == "POOL" ? installation.pool : $0 })
    }
    let wanted = try installation.status()
    let served = Listing.of(installation.root + "/pub")
    try older.restoreLedger()
    try tests.expectBehind(["update", "7"] + tests.rpms)
    #expect(try installation.status().warnings.contains("ledger-behind"))
    let rebuilt = try installation.succeed(["status", "7", "--from-disk"])
    #expect(rebuilt.contains("was made anew"), "\(rebuilt)")
    var found = try installation.status()
    found.warnings = []
    #expect(found == wanted)
    #expect(Listing.of(installation.root + "/pub") == served, "trees and links are untouched")
    for (release, state) in wanted.states where state != "abandoned" {
      try installation.succeed(["verify", release])
    }
    // What the older ledger knew is there.
    #expect(try installation.succeed(["history", "7.06.201903"]).contains("staged 2 builds"))
    try tests.add("brazil")
    try installation.succeed(["update", "7"] + tests.rpms)
    let state = installation.root + "/var/lib/epel-compose"
    let names = try FileManager.default.contentsOfDirectory(atPath: state)
    #expect(names.contains("epel-7.sqlite.behind-1"), "the older one is put aside, not removed")
  }

  private init(_ installation: Installation) { self.installation = installation }

  @Test func `what people decided before and after the copy still holds`() throws {
    for name in ["walnut", "hazel", "pecan", "almond"] { try add(name) }
    try installation.release("7.06.201903")
    for name in ["walnut", "hazel", "almond"] { try add(name, "1.1") }
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["update", "7", "--withdraw", "walnut-1.1-1", "--reason", "Rotten"])
    try installation.succeed(["update", "7", "--withdraw", "almond-1.1-1", "--reason", "Bitter"])
    let older = try OlderCopy(of: installation)
    // Since then: one more is taken out, and one of them comes back.
    try installation.succeed(["update", "7", "--withdraw", "hazel-1.1-1", "--reason", "Mouldy"])
    try installation.succeed(["update", "7", "--again", "almond-1.1-1"] + rpms)
    let wanted = try installation.status()
    #expect(wanted.held == ["walnut-1.1-1", "hazel-1.1-1"])
    try older.restoreLedger()
    try installation.succeed(["status", "7", "--from-disk"])
    #expect(try installation.status().held == wanted.held)
    #expect(try installation.status().pushes == ["7.06.201903": 5])
    let status = try installation.succeed(["status", "7"])
    #expect(status.contains("Rotten"), "in the words of whoever decided it")
    #expect(status.contains("found when the ledger was rebuilt"))
    let pushed = try installation.succeed(["update", "7"] + rpms)
    #expect(pushed.contains("nothing to push"), "\(pushed)")
    // Nobody knows what the newest push did: an older one is not taken back for it.
    let undo = try installation.run(["update", "7", "--undo", "--reason", "No"])
    #expect(undo.status == 2)
    #expect(undo.errors.contains("push 5"), "\(undo.errors)")
    // And a decision can be taken back.
    try installation.succeed(["update", "7", "--again", "hazel-1.1-1"] + rpms)
    #expect(try installation.status().held == ["walnut-1.1-1"])
    try installation.succeed(["update", "7", "--undo", "--reason", "No"])
    #expect(try installation.status().held == ["walnut-1.1-1", "hazel-1.1-1"])
  }

  @Test func `a lost ledger does not lose what the trees prove`() throws {
    for name in ["walnut", "hazel", "pecan"] { try add(name) }
    try installation.release("7.06.201903")
    try add("walnut", "1.1")
    try installation.succeed(["update", "7"] + rpms)
    // Of the cut, and the only one of its package.
    try installation.succeed(["update", "7", "--withdraw", "pecan-1.0-1", "--reason", "Gone bad"])
    try installation.succeed(["update", "7", "--withdraw", "walnut-1.1-1", "--reason", "Rotten"])
    try FileManager.default.removeItem(atPath: OlderCopy.ledger(of: installation))
    try installation.succeed(["status", "7", "--from-disk"])
    let status = try installation.status()
    #expect(status.held == ["pecan-1.0-1", "walnut-1.1-1"])
    #expect(status.pushes == ["7.06.201903": 3], "the next push is not a second push 2")
    #expect(try installation.succeed(["update", "7"] + rpms).contains("nothing to push"))
    try installation.succeed(["update", "7", "--again", "walnut-1.1-1"] + rpms)
    #expect(try installation.status().held == ["pecan-1.0-1"])
    #expect(try installation.status().pushes == ["7.06.201903": 4])
  }

  @Test func `files that came from another release are no decision`() throws {
    let installation = try Installation(small: .inMemory(), grace: "14 days")
    let tests = OlderLedgerTests(installation)
    let file = "\(installation.policies)/epel-7.yaml"
    let policy = try String(contentsOfFile: file, encoding: .utf8)
    try Data(
      policy.replacing(
        "    begins: release\n", with: "    begins: release\n    keeps: 1 versions\n"
      ).utf8
    ).write(to: URL(fileURLWithPath: file))
    try tests.add("walnut")
    try tests.add("hazel")
    try installation.release("7.06.201903")
    try installation.succeed(["compose", "7.07.201908"] + tests.rpms)
    try installation.succeed(["publish", "7.07.201908"])
    // Retention takes walnut-1.0 out; 7.07.201908 gets the files of 1.1 with the links.
    try tests.add("walnut", "1.1")
    try installation.succeed(["update", "7"] + tests.rpms)
    // It lacks that push: its checks say so.
    try installation.succeed([
      "promote", "7.07.201908", "--skip-soak", "--override-checks", "Pushed right after",
    ])
    try FileManager.default.removeItem(atPath: OlderCopy.ledger(of: installation))
    try installation.succeed(["status", "7", "--from-disk"])
    #expect(try installation.status().held == [])
    let pushed = try installation.succeed(["update", "7"] + tests.rpms)
    #expect(pushed.contains("walnut-1.1-1"), "\(pushed)")
  }

  @Test func `an operation that the ledger has open is not finished over what came since`()
    throws
  {
    try add("walnut")
    try installation.release("7.06.201903")
    try add("walnut", "1.1")
    let before = try OlderCopy(of: installation)
    let trace = installation.scratch.path("trace")
    #expect(try installation.run(["update", "7"] + rpms, fault: nil, trace: trace).status == 0)
    let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
    // The first commit opens the operation, the second closes it: that one is not made.
    let commits = calls.indices.filter { calls[$0].contains("commit") }
    let kill = try #require(commits.dropFirst().first) + 1
    try before.restoreAll()
    #expect(try installation.run(["update", "7"] + rpms, fault: "kill:\(kill)").status == 9)
    #expect(try installation.succeed(["status", "7"]).contains("an interrupted update"))
    let middle = try OlderCopy(of: installation)
    #expect(
      try installation.run(["update", "7", "--dry-run"] + rpms).status == 0,
      "disk is rightly ahead")
    #expect(!(try installation.status().warnings.contains("ledger-behind")))
    try installation.succeed(["update", "7"] + rpms)
    #expect(try installation.status().pushes == ["7.06.201903": 1], "it was finished, once")
    try installation.succeed(["update", "7", "--withdraw", "walnut-1.1-1", "--reason", "Rotten"])
    try middle.restoreLedger()
    try expectBehind(["update", "7"] + rpms, ["push 2"])
    try installation.succeed(["status", "7", "--from-disk"])
    #expect(try installation.status().held == ["walnut-1.1-1"])
    #expect(try installation.succeed(["update", "7"] + rpms).contains("nothing to push"))
  }

  @Test func `an end of life outlives its ledger, and can be taken back after that`() throws {
    try add("walnut")
    try installation.release("7.06.201903")
    try installation.succeed(["end", "7"])
    let before = try installation.succeed(["status", "7"])
    try FileManager.default.removeItem(atPath: OlderCopy.ledger(of: installation))
    let dry = try installation.succeed(["status", "7", "--from-disk", "--dry-run"])
    #expect(dry.contains("ended on"), "\(dry)")
    try installation.succeed(["status", "7", "--from-disk"])
    let sentence = try #require(before.split(separator: "\n").first { $0.contains("ended on") })
    let after = try installation.succeed(["status", "7"])
    #expect(after.contains(sentence), "\(after)")
    try add("walnut", "1.1")
    let refused = try installation.run(["update", "7"] + rpms)
    #expect(refused.status == 2 && refused.errors.contains("it ended on"), "\(refused.errors)")
    try installation.succeed(["end", "7", "--undo"])
    try installation.succeed(["update", "7"] + rpms)
    #expect(try installation.succeed(["verify", "7.06.201903"]).contains("7.06.201903"))
  }

  @Test
  func `an end that came after the older ledger is known, and one that was taken back is not`()
    throws
  {
    try add("walnut")
    try installation.release("7.06.201903")
    let before = try OlderCopy(of: installation)
    try add("walnut", "1.1")
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["end", "7"])
    let ended = try OlderCopy(of: installation)
    try before.restoreLedger()
    try installation.succeed(["status", "7", "--from-disk"])
    #expect(try installation.run(["update", "7"] + rpms).errors.contains("it ended on"))
    #expect(try installation.succeed(["history"]).contains("ended on"))
    try installation.succeed(["end", "7", "--undo"])
    try add("walnut", "1.2")
    try installation.succeed(["update", "7"] + rpms)
    try ended.restoreLedger()
    try expectBehind(["end", "7", "--undo"])
    try installation.succeed(["status", "7", "--from-disk"])
    #expect(try !installation.succeed(["status", "7"]).contains("ended on"))
    #expect(try installation.succeed(["history"]).contains("its end was taken back"))
    try add("walnut", "1.3")
    try installation.succeed(["update", "7"] + rpms)
  }
}
