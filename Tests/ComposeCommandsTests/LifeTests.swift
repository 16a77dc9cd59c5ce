import ComposeTestSupport
import Testing

/// The whole life of a release through the built program, each screen held by
/// a golden file.
@Suite(.waiting) struct LifeTests {
  @Test func `from an empty directory to an archived release`() throws {
    let rehearsal = try Rehearsal()
    func screen(_ name: String, _ arguments: [String], status: Int32 = 0) throws {
      let outcome = try rehearsal.run(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      try Golden.expect(
        rehearsal.normalized(outcome.output + (status == 0 ? "" : outcome.errors)),
        matches: "life-\(name).txt")
    }
    let rpms = ["--rpms", rehearsal.pool, "--allow-unsigned"]
    try Fixtures.build("release", into: rehearsal.pool)
    try screen("01-status-empty", ["status", "7"])
    try screen("02-plan", ["plan", "7.06.201903"] + rpms)
    try screen("03-compose", ["compose", "7.06.201903"] + rpms)
    try screen("04-publish", ["publish", "7.06.201903"])
    try screen("05-promote-too-early", ["promote", "7.06.201903"], status: 2)
    try screen("06-promote", ["promote", "7.06.201903", "--skip-soak"])
    try Fixtures.build("updates-1", into: rehearsal.pool)
    try screen("07-update-dry-run", ["update", "7", "--dry-run"] + rpms)
    try screen("08-update", ["update", "7"] + rpms)
    try Fixtures.build("updates-2", into: rehearsal.pool)
    try screen("09-update-retiring", ["update", "7"] + rpms)
    try screen("10-update-nothing", ["update", "7"] + rpms)
    try screen("11-retirement", ["retirement", "7"])
    try Fixtures.build("next", into: rehearsal.pool)
    let plan = rehearsal.scratch.path("plan.json")
    try screen("12-plan-next", ["plan", "7.07.201908", "--output", plan] + rpms)
    try screen("13-compose-dry-run", ["compose", "7.07.201908", "--plan", plan, "-n"] + rpms)
    try screen("14-compose-plan", ["compose", "7.07.201908", "--plan", plan] + rpms)
    try screen("15-publish", ["publish", "7.07.201908", "--dry-run"])
    try rehearsal.succeed(["publish", "7.07.201908"])
    try screen("16-promote", ["promote", "7.07.201908", "--skip-soak", "--dry-run"])
    try rehearsal.succeed(["promote", "7.07.201908", "--skip-soak"])
    try screen("17-rollback", ["rollback", "7", "--verbose"])
    try rehearsal.succeed(["promote", "7.07.201908", "--skip-soak"])
    try screen("18-archive", ["archive", "7.06.201903", "--verbose"])
    try screen(
      "19-remove-original-too-early", ["archive", "7.06.201903", "--remove-original"], status: 2)
    try screen("20-verify", ["verify", "7.06.201903"])
    try screen("21-status", ["status", "7"])
    try screen("22-history", ["history", "7.06.201903"])
    try screen("23-retirement", ["retirement", "7", "gamma", "omicron", "kappa", "pi"])
    try Fixtures.build("revived", into: rehearsal.pool)
    try screen("24-plan-revived", ["plan", "7.08.202004"] + rpms)
    try screen("25-retirement-live", ["retirement", "7", "omicron", "--rpms", rehearsal.pool])
  }

  /// The selection that the issue of first light names: EVR order alone.
  @Test func `the releases tree has the latest EVR of each package and no other`() throws {
    let rehearsal = try Rehearsal.withoutClients()
    try Fixtures.build("release", into: rehearsal.pool, arches: "x86_64")
    try rehearsal.release("7.06.201903")
    let files = try Shell.check(
      "find",
      [rehearsal.root + "/pub/epel/releases/7.06.201903", "-name", "*.rpm", "-printf", "%f\n"]
    ).split(separator: "\n").map(String.init)
    for name in ["eta-0.9", "theta-2.0", "mu-1.0-10", "lambda-1.0^git1"] {
      #expect(files.contains { $0.hasPrefix(name + "-") || $0.hasPrefix(name + ".") }, "\(name)")
    }
    for name in ["eta-2.0", "theta-2.0~rc1", "mu-1.0-9.", "lambda-1.0-", "epsilon"] {
      #expect(!files.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }
}
