import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// What commands tell mirrors, and the commands that do nothing else.
@Suite(.waiting) struct MirrorsCommandTests {
  private let installation: Installation

  init() throws {
    installation = try .tellingMirrors(patience: "0 seconds")
    for spec in [RPMSpec("alpha"), RPMSpec("gamma")] { try spec.build(into: installation.pool) }
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }
  private var module: String { "\(installation.root)/pub/epel" }

  /// One release is current, and a second one published.
  private func published() throws {
    try installation.release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    try installation.succeed(["publish", "7.07.201908"])
  }

  private func list(_ module: String = "epel") throws -> String {
    try String(
      contentsOfFile: "\(installation.root)/pub/\(module)/fullfiletimelist-\(module)",
      encoding: .utf8)
  }

  private func links() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "\(module)/updates/7")
  }

  private func warnings() throws -> [String] {
    let status = try installation.json(["status", "7"])
    let stream = (status["streams"] as? [[String: Any]])?.first
    return try #require(stream?["warnings"] as? [[String: Any]]).compactMap {
      $0["code"] as? String
    }
  }

  @Test func `every command that changes what mirrors fetch writes the lists`() throws {
    func expectRight(_ moment: String) throws {
      let outcome = try installation.run(["mirrors", "lists", "7", "--check"])
      #expect(outcome.status == 0, "\(moment): \(outcome.errors)")
      for module in ["epel", "archives"] {
        let path = "\(installation.root)/pub/\(module)"
        guard FileManager.default.fileExists(atPath: path) else { continue }
        let rows = try Shell.check(
          "\(Fixtures.checkout)/Tests/Fixtures/file-list", [path, module])
        let expected = rows.split(separator: "\n").filter {
          $0.contains("\t") && !$0.hasPrefix("S")
        }
        .filter { !$0.hasPrefix("MD5") }
        let found = try list(module).split(separator: "\n").filter {
          $0.split(separator: "\t").count == 4
        }
        #expect(found.sorted() == expected.sorted(), "\(moment), \(module)")
      }
    }
    try published()
    try expectRight("publish")
    #expect(try list().contains("\tupdates/7.07.201908/Everything"))
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try expectRight("promote")
    try RPMSpec("gamma", "2.0").build(into: installation.pool)
    try installation.succeed(["update", "7"] + rpms)
    try expectRight("update")
    #expect(try list().contains("gamma-2.0-1"))
    try installation.succeed(["rollback", "7"])
    try expectRight("rollback")
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try installation.succeed(["archive", "7.06.201903"])
    try expectRight("archive")
    #expect(try list("archives").contains("\tepel/updates/7.06.201903/Everything"))
    try installation.succeed(["archive", "7.06.201903", "--remove-original"])
    try expectRight("archive --remove-original")
    #expect(try !list().contains("7.06.201903/"))
    try RPMSpec("alpha", "3.0").build(into: installation.pool)
    try installation.succeed(["compose", "7.08.202003"] + rpms)
    try installation.succeed(["publish", "7.08.202003"])
    try installation.succeed(["abandon", "7.08.202003"])
    try expectRight("abandon")
    let head = try String(contentsOfFile: "\(module)/changes/head.json", encoding: .utf8)
    #expect(head.contains("\"oldest\":1"))
    #expect(try warnings().filter { $0 == "lists-owed" } == [])
  }

  @Test func `what a flip carries over is there before the link moves`() throws {
    try published()
    // Files that clients of 7.06 may ask for are in the tree that is only published.
    #expect(try list().contains("\tupdates/7.07.201908/Everything/x86_64/Packages/a/alpha-1.0-1"))
    let status = try installation.run(["promote", "7.07.201908", "--skip-soak", "--dry-run"])
    #expect(status.status == 0, "\(status.errors)")
    // A push meanwhile is not.
    try RPMSpec("gamma", "2.0").build(into: installation.pool)
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["check", "7.07.201908"])
    try installation.withoutSoak {
      let refused = try installation.expectRefusal(["promote", "7.07.201908"], status: 2)
      #expect(refused.contains("that clients of 7.06.201903 may ask for are not on mirrors yet"))
      #expect(refused.contains("mirrors prepare 7.07.201908"))
      try installation.expectScreen(
        ["mirrors", "prepare", "7.07.201908", "--dry-run"], matches: "mirrors-prepare-dry-run.txt")
      try installation.expectDryRun(["mirrors", "prepare", "7.07.201908", "--dry-run"])
      try installation.expectScreen(
        ["mirrors", "prepare", "7.07.201908"], matches: "mirrors-prepare.txt")
      #expect(try list().contains("\tupdates/7.07.201908/Everything/x86_64/Packages/g/gamma-2.0-1"))
      try installation.expectScreen(
        ["mirrors", "prepare", "7.07.201908"], matches: "mirrors-prepare-again.txt")
      #expect(
        try installation.json(["mirrors", "prepare", "7.07.201908"])["command"] as? String
          == "prepare")
      try installation.succeed(["promote", "7.07.201908"])
    }
    #expect(try links() == "7.07.201908")
    try installation.succeed(["verify", "7.07.201908"])
  }

  @Test func `a flip with --skip-soak records what came late`() throws {
    try published()
    try RPMSpec("gamma", "2.0").build(into: installation.pool)
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["check", "7.07.201908"])
    let outcome = try installation.run(["promote", "7.07.201908", "--skip-soak"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("carried-late"), "\(outcome.errors)")
    #expect(try installation.succeed(["history"]).contains("carried-late"))
  }

  @Test func `preparing begins the soak time anew, and asks for a published release`() throws {
    try published()
    try RPMSpec("gamma", "2.0").build(into: installation.pool)
    let pushed = try installation.succeed(["update", "7"] + rpms)
    #expect(pushed.contains("Next: 7.07.201908 cannot be promoted as it is"), "\(pushed)")
    try installation.succeed(["check", "7.07.201908"])
    // It is said before the soak time is over, in the place of a date that does not hold.
    #expect(
      try installation.expectRefusal(["promote", "7.07.201908"], status: 2)
        .contains("are not on mirrors yet"))
    #expect(try installation.succeed(["status", "7"]).contains("needs 'mirrors prepare'"))
    try installation.succeed(["mirrors", "prepare", "7.07.201908"])
    let refused = try installation.expectRefusal(["promote", "7.07.201908"], status: 2)
    #expect(refused.contains("soak time"))
    #expect(
      try installation.expectRefusal(["mirrors", "prepare", "7.06.201903"], status: 2)
        .contains("no link can move to it"))
    try installation.expectRefusal(["mirrors", "prepare", "7.08.202003"], status: 66)
  }

  @Test func `lists that cannot be written stop neither a flip nor the way back`() throws {
    try published()
    try installation.succeed(["promote", "7.07.201908", "--skip-soak", "--dry-run"])
    let before = try list()
    try installation.whileListsAreLocked {
      let outcome = try installation.run(["promote", "7.07.201908", "--skip-soak"])
      #expect(outcome.status == 75)
      #expect(outcome.output.contains("Promoted 7.07.201908: it is current"))
      try Golden.expect(
        installation.normalized(outcome.errors.split(separator: "\n").last.map(String.init) ?? ""),
        matches: "mirrors-locked.txt")
      #expect(try links() == "7.07.201908")
      #expect(try list() == before)
      #expect(try warnings().filter { $0 == "lists-owed" }.count == 2)
      let back = try installation.run(["rollback", "7"])
      #expect(back.status == 75)
      #expect(back.output.contains("Rolled back to 7.06.201903"))
      #expect(try links() == "7.06.201903")
      #expect(try installation.run(["mirrors", "lists", "7", "--check"]).status == 2)
      let again = try installation.run(["mirrors", "lists", "7"])
      #expect(again.status == 75)
      #expect(again.errors.components(separatedBy: "lists.lock: another").count == 2)
      #expect(!again.errors.contains("What the command did"), "\(again.errors)")
    }
    // The next command that changes something mends it.
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    #expect(try warnings().filter { $0 == "lists-owed" } == [])
    #expect(try list() != before)
    try installation.succeed(["mirrors", "lists", "7", "--check"])
  }

  @Test func `a full disk ends the flip with 74 after the links have moved`() throws {
    try published()
    let trace = installation.scratch.path("trace")
    let copy = installation.scratch.path("copy")
    try Shell.check("cp", ["-a", installation.root, copy])
    let promote = ["promote", "7.07.201908", "--skip-soak"]
    #expect(try installation.run(promote, fault: nil, trace: trace).status == 0)
    let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
    let told = try #require(calls.firstIndex(of: "setLinkTime"))
    let call = try #require(calls[told...].firstIndex(of: "createFile"))
    try FileManager.default.removeItem(atPath: installation.root)
    try Shell.check("cp", ["-a", copy, installation.root])
    let outcome = try installation.run(promote, fault: "error:\(ENOSPC):\(call + 1)")
    #expect(outcome.status == 74, "\(outcome.errors)")
    #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
    #expect(outcome.errors.contains("mirrors lists 7"), "\(outcome.errors)")
    #expect(try links() == "7.07.201908")
    try installation.succeed(["mirrors", "lists", "7"])
    try installation.succeed(["mirrors", "lists", "7", "--check"])
  }

  @Test func `mirrors lists writes what others have changed`() throws {
    try installation.release("7.06.201903")
    try installation.expectScreen(
      ["mirrors", "lists", "7", "--check"], matches: "mirrors-same.txt")
    try installation.expectDryRun(["mirrors", "lists", "7", "--check"])
    try "x".write(toFile: "\(module)/new", atomically: true, encoding: .utf8)
    let differs = try installation.expectRefusal(["mirrors", "lists", "7", "--check"], status: 2)
    #expect(differs.contains("the file lists of epel: they are not what is there"))
    try installation.expectScreen(
      ["mirrors", "lists", "7", "--dry-run"], matches: "mirrors-dry-run.txt")
    try installation.expectScreen(["mirrors", "lists", "7"], matches: "mirrors-lists.txt")
    #expect(try list().contains("\tnew\n"))
    let report = try installation.json(["mirrors", "lists", "7"])
    let modules = try #require(report["modules"] as? [[String: Any]])
    #expect(modules.map { $0["module"] as? String } == ["epel", "archives"])
    #expect(modules.map { $0["differs"] as? Bool } == [false, false])
    // There is no archive yet.
    #expect(modules.map { $0["exists"] as? Bool } == [true, false])
  }

  @Test func `a dry run shows a line for each module, and writes nothing`() throws {
    try published()
    let arguments = ["promote", "7.07.201908", "--skip-soak", "--dry-run"]
    let shown = try installation.succeed(arguments)
    #expect(shown.contains("tell mirrors: write the file lists of epel"))
    #expect(shown.contains("tell mirrors: write the file lists of archives"))
    try installation.expectDryRun(arguments)
  }

  @Test func `without the key nothing is written, and lists cannot be asked for`() throws {
    let other = try Installation(small: .inMemory())
    try RPMSpec("alpha").build(into: other.pool)
    try other.release("7.06.201903")
    #expect(
      !FileManager.default.fileExists(atPath: "\(other.root)/pub/epel/fullfiletimelist-epel"))
    #expect(
      try other.expectRefusal(["mirrors", "lists", "7"], status: 64)
        .contains("its policy says nothing of mirrors"))
    try other.expectRefusal(["mirrors", "status", "7"], status: 64)
    let message = try installation.expectRefusal(["mirrors", "lists", "7"], status: 2)
    #expect(message.contains("no release of it was ever made here"), "\(message)")
    #expect(!FileManager.default.fileExists(atPath: installation.root))
    // Modules may have lists before the first release.
    try FileManager.default.createDirectory(
      atPath: module, withIntermediateDirectories: true)
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(FileManager.default.fileExists(atPath: "\(module)/imagelist-epel"))
  }

}
