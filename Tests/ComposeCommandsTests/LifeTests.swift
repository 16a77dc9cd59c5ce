import ComposePolicy
import ComposeTestSupport
import Testing

/// The whole life of a release through the built program, each screen held by
/// a golden file.
@Suite(.waiting) struct LifeTests {
  /// `screen` as it was before checks were added that have cases of their own.
  private func withoutLaterChecks(_ screen: String) -> String {
    let later = Set(CheckName.allCases.map(\.rawValue)).subtracting(GateTests.first)
    return screen.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      // The verdict in one word, then the name of the check.
      let words = line.split(separator: " ")
      return words.count < 2 || !line.hasPrefix("  ") || !later.contains(String(words[1]))
    }.joined(separator: "\n")
  }

  @Test func `from an empty directory to an archived release`() throws {
    let installation = try Installation()
    func screen(_ name: String, _ arguments: [String], status: Int32 = 0) throws {
      let outcome = try installation.run(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      try Golden.expect(
        installation.normalized(
          withoutLaterChecks(outcome.output) + (status == 0 ? "" : outcome.errors)),
        matches: "life-\(name).txt")
    }
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try Fixtures.build("release", into: installation.pool)
    try screen("status-empty", ["status", "7"])
    try screen("plan", ["plan", "7.06.201903"] + rpms)
    try screen("compose", ["compose", "7.06.201903"] + rpms)
    try screen("publish", ["publish", "7.06.201903"])
    try screen("promote-too-early", ["promote", "7.06.201903"], status: 2)
    try screen("promote", ["promote", "7.06.201903", "--skip-soak"])
    try Fixtures.build("updates-1", into: installation.pool)
    try screen("update-dry-run", ["update", "7", "--dry-run"] + rpms)
    try screen("update", ["update", "7"] + rpms)
    try Fixtures.build("updates-2", into: installation.pool)
    try screen("update-retiring", ["update", "7"] + rpms)
    try screen("update-nothing", ["update", "7"] + rpms)
    try screen("retirement", ["retirement", "7"])
    try Fixtures.build("next", into: installation.pool)
    let plan = installation.scratch.path("plan.json")
    try screen("plan-next", ["plan", "7.07.201908", "--output", plan] + rpms)
    try screen("compose-dry-run", ["compose", "7.07.201908", "--plan", plan, "-n"] + rpms)
    try screen("compose-saved-plan", ["compose", "7.07.201908", "--plan", plan] + rpms)
    try screen("publish-dry-run", ["publish", "7.07.201908", "--dry-run"])
    try installation.succeed(["publish", "7.07.201908"])
    try screen("promote-dry-run", ["promote", "7.07.201908", "--skip-soak", "--dry-run"])
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try screen("rollback", ["rollback", "7", "--verbose"])
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try screen("archive", ["archive", "7.06.201903", "--verbose"])
    try screen(
      "remove-original-too-early", ["archive", "7.06.201903", "--remove-original"], status: 2)
    try screen("verify", ["verify", "7.06.201903"])
    try screen("status-archived", ["status", "7"])
    try screen("history", ["history", "7.06.201903"])
    try screen("retirement-packages", ["retirement", "7", "gamma", "omicron", "kappa", "pi"])
    try Fixtures.build("revived", into: installation.pool)
    try screen("plan-revived", ["plan", "7.08.202004"] + rpms)
    try screen("retirement-live", ["retirement", "7", "omicron", "--rpms", installation.pool])
  }

  /// EVR order alone decides which build of a package is in the tree.
  @Test func `the releases tree has the latest EVR of each package and no other`() throws {
    let installation = try Installation.withoutClients()
    try Fixtures.build("release", into: installation.pool, arches: "x86_64")
    try installation.release("7.06.201903")
    let files = try Shell.check(
      "find",
      [installation.root + "/pub/epel/releases/7.06.201903", "-name", "*.rpm", "-printf", "%f\n"]
    ).split(separator: "\n").map(String.init)
    for name in ["eta-0.9", "theta-2.0", "mu-1.0-10", "lambda-1.0^git1"] {
      #expect(files.contains { $0.hasPrefix(name + "-") || $0.hasPrefix(name + ".") }, "\(name)")
    }
    for name in ["eta-2.0", "theta-2.0~rc1", "mu-1.0-9.", "lambda-1.0-", "epsilon"] {
      #expect(!files.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }
}
