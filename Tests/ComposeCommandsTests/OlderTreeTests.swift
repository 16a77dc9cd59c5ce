import ComposeTestSupport
import Foundation
import Testing

/// Trees that are not what the ledger recorded: restored from an older copy, or
/// changed by others.
@Suite(.waiting) struct OlderTreeTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory(), grace: "14 days")
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  /// It lacks what was pushed since: its checks say so.
  private let promote = ["promote", "7.08.202004", "--skip-soak", "--override-checks", "Later"]

  private func add(_ name: String, _ version: String = "1.0") throws {
    try RPMSpec(name, version).build(into: installation.pool)
  }

  private func expectRefused(
    _ commands: [[String]], saying words: [String], never wrong: [String]
  ) throws {
    for command in commands {
      for dry in [[], ["--dry-run"]] {
        let before = try installation.snapshot()
        let outcome = try installation.run(command + dry)
        #expect(outcome.status == 2, "\(command + dry): \(outcome.errors)")
        for text in words {
          #expect(outcome.errors.contains(text), "\(command + dry): \(outcome.errors)")
        }
        for text in wrong {
          #expect(!outcome.errors.contains(text), "\(command + dry): \(outcome.errors)")
        }
        #expect(try installation.snapshot() == before, "\(command + dry)")
      }
    }
  }

  /// 7.06.201903 superseded, 7.07.201908 current with a push.
  private func prepare() throws -> (older: OlderCopy, newest: OlderCopy) {
    try add("walnut")
    try add("hazel")
    try installation.release("7.06.201903")
    try add("hazel", "1.1")
    try installation.release("7.07.201908")
    try installation.succeed(["compose", "7.08.202004"] + rpms)
    try installation.succeed(["publish", "7.08.202004"])
    let older = try OlderCopy(of: installation)
    try add("walnut", "1.1")
    try installation.succeed(["update", "7"] + rpms)
    try add("pecan")
    return (older, try OlderCopy(of: installation))
  }

  private var commandsOnCurrent: [[String]] {
    [
      ["update", "7"] + rpms, ["update", "7", "--withdraw", "walnut-1.1-1", "--reason", "No"],
      ["update", "7", "--undo", "--reason", "No"], ["rollback", "7"],
      promote,
    ]
  }

  @Test func `a tree that is an older copy is not written into, nor left`() throws {
    let (older, newest) = try prepare()
    try older.restoreTree("updates/7.07.201908")
    try expectRefused(
      commandsOnCurrent,
      saying: [
        "updates/7.07.201908 is behind the ledger: it has push 0", "push 1",
        "restore it from a mirror or backup", "verify 7.07.201908", "--root \(installation.root)",
      ], never: ["--from-disk", "ledger is an older"])
    #expect(try installation.status().warnings.contains("tree-behind"))
    // The ledger knows more: it is not made anew from that.
    let state = try installation.status()
    let shown = try installation.succeed(["status", "7", "--from-disk"])
    #expect(shown.contains("nothing was written"))
    #expect(try installation.status() == state)
    // Another release is not concerned.
    try installation.succeed(["archive", "7.06.201903", "--dry-run"])
    try newest.restoreTree("updates/7.07.201908")
    for command in commandsOnCurrent { try installation.succeed(command + ["--dry-run"]) }
    try installation.succeed(["update", "7"] + rpms)
  }

  @Test func `where both are older copies, the tree comes first`() throws {
    let (older, newest) = try prepare()
    try installation.succeed(promote)
    try newest.restoreLedger()
    try older.restoreTree("updates/7.07.201908")
    let before = try installation.snapshot()
    for dry in [[], ["--dry-run"]] {
      let outcome = try installation.run(["status", "7", "--from-disk"] + dry)
      #expect(outcome.status == 2, "\(outcome.errors)")
      #expect(outcome.errors.contains("so are trees"), "\(outcome.errors)")
      #expect(outcome.errors.contains("restore it from a mirror"), "\(outcome.errors)")
    }
    #expect(try installation.snapshot() == before)
    try newest.restoreTree("updates/7.07.201908")
    try installation.succeed(["status", "7", "--from-disk"])
    #expect(try installation.status().states["7.08.202004"] == "current")
  }

  @Test func `a manifest of the same revision that is another is damage`() throws {
    try add("walnut")
    try installation.release("7.06.201903")
    try add("hazel")
    try installation.release("7.07.201908")
    try installation.succeed(["compose", "7.08.202004"] + rpms)
    try installation.succeed(["publish", "7.08.202004"])
    try installation.succeed(["compose", "7.09.202010"] + rpms)
    try add("pecan")
    let cases: [(tree: String, commands: [[String]])] = [
      (
        "pub/epel/updates/7.07.201908",
        [
          ["update", "7"] + rpms, ["update", "7", "--withdraw", "hazel-1.0-1", "--reason", "No"],
          promote, ["rollback", "7"],
        ]
      ),
      ("pub/epel/updates/7.06.201903", [["rollback", "7"], ["archive", "7.06.201903"]]),
      (
        "pub/epel/releases/7.08.202004",
        [promote, ["abandon", "7.08.202004"]]
      ),
      (
        "pub/alt/epel/updates/7.09.202010",
        [["publish", "7.09.202010"], ["abandon", "7.09.202010"]]
      ),
    ]
    for (tree, commands) in cases {
      let manifest = "\(installation.root)/\(tree)/MANIFEST.sha256"
      let intact = try Data(contentsOf: URL(fileURLWithPath: manifest))
      try FileManager.default.removeItem(atPath: manifest)
      try (intact + Data("\n".utf8)).write(to: URL(fileURLWithPath: manifest))
      try expectRefused(
        commands, saying: ["is not what was recorded", "at the same", "verify 7.0"],
        never: ["--from-disk", "older copy"])
      #expect(try installation.status().warnings.contains("manifest"), "\(tree)")
      try FileManager.default.removeItem(atPath: manifest)
      try intact.write(to: URL(fileURLWithPath: manifest))
      for command in commands { try installation.succeed(command + ["--dry-run"]) }
    }
    #expect(try installation.status().warnings.isDisjoint(with: ["manifest", "missing"]))
  }

  @Test func `a tree that is gone stops what needs it, and no more`() throws {
    try add("walnut")
    try installation.release("7.06.201903")
    try add("hazel")
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    let staged = installation.root + "/pub/alt/epel/updates/7.07.201908"
    try FileManager.default.moveItem(atPath: staged, toPath: staged + ".away")
    try expectRefused([["publish", "7.07.201908"]], saying: ["its tree is not there"], never: [])
    #expect(try installation.status().warnings.contains("missing"))
    try installation.succeed(["abandon", "7.07.201908"])
    let tree = installation.root + "/pub/epel/updates/7.06.201903"
    try FileManager.default.moveItem(atPath: tree, toPath: tree + ".away")
    try expectRefused(
      [["update", "7"] + rpms], saying: ["its tree is not there", "Restore it from a mirror"],
      never: ["--from-disk"])
    try FileManager.default.moveItem(atPath: tree + ".away", toPath: tree)
    try installation.succeed(["update", "7"] + rpms)
  }
}
