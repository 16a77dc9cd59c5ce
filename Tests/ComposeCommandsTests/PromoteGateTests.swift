import ComposeTestSupport
import Foundation
import Testing

/// What `promote` asks for, and what it keeps of those who do not listen.
@Suite(.waiting) struct PromoteGateTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory())
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  /// A release that is published, and whose closure is broken.
  private func broken() throws {
    for spec in [RPMSpec("gamma"), RPMSpec("iota", tags: ["Requires: gamma >= 1.0"])] {
      try spec.build(into: installation.pool)
    }
    try installation.release("7.06.201903")
    try RPMSpec("gamma", "1.1").retired("Upstream is gone.\n").build(into: installation.pool)
    #expect(try installation.run(["compose", "7.07.201908"] + rpms).status == 2)
    try installation.succeed(["publish", "7.07.201908"])
  }

  private func status() throws -> [String: Any] {
    let text = try installation.succeed(["status", "7", "--format", "json"])
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let stream = (document?["streams"] as? [[String: Any]])?.first
    return try #require((stream?["releases"] as? [[String: Any]])?.last)
  }

  @Test func `failed checks refuse, and an override is kept with its reason`() throws {
    try broken()
    let before = try installation.snapshot()
    for dry in [[], ["--dry-run"]] {
      let refused = try installation.run(["promote", "7.07.201908", "--skip-soak"] + dry)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("its checks failed"), "\(refused.errors)")
    }
    #expect(
      try installation.run(["promote", "7.07.201908", "--override-checks", " "]).status == 64)
    #expect(try installation.snapshot() == before)
    let file = installation.scratch.path("announcement.txt")
    let nowhere = try installation.run([
      "promote", "7.07.201908", "--skip-soak", "--override-checks", "x", "--announcement",
      "/nowhere/at/all",
    ])
    #expect(nowhere.status == 73, "\(nowhere.errors)")
    #expect(try installation.snapshot() == before, "nothing was promoted for want of a directory")
    let reason = "iota is rebuilt tomorrow"
    try installation.succeed([
      "promote", "7.07.201908", "--skip-soak", "--override-checks", reason, "--announcement", file,
    ])
    let overrides = try #require(try status()["overrides"] as? [String])
    #expect(
      overrides.contains {
        $0.contains("checks: its checks failed: closure (1 finding): \(reason)")
      })
    #expect(overrides.contains { $0.hasPrefix("soak: ") })
    #expect(overrides.contains { $0 == "signatures: unsigned RPMs were allowed" })
    #expect(try installation.succeed(["history"]).contains(reason))
    try Golden.expect(
      installation.normalized(String(contentsOfFile: file, encoding: .utf8)),
      matches: "announcement.txt")
    // Once it is done, the announcement can be had again.
    let again = installation.scratch.path("again.txt")
    try installation.succeed(["promote", "7.07.201908", "--announcement", again])
    #expect(
      try String(contentsOfFile: again, encoding: .utf8)
        == String(contentsOfFile: file, encoding: .utf8))
  }

  @Test func `the soak time cannot be overridden by the other option`() throws {
    try broken()
    let refused = try installation.run(["promote", "7.07.201908", "--override-checks", "because"])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("soak"), "\(refused.errors)")
  }

  /// A release that is published and has passed.
  private func published() throws {
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    try installation.succeed(["publish", "7.07.201908"])
  }

  private func promote() throws -> Shell.Outcome {
    try installation.run(["promote", "7.07.201908", "--skip-soak"])
  }

  @Test func `a push to the current release makes the verdict stale`() throws {
    try published()
    try installation.succeed(["update", "7"] + rpms)
    let refused = try promote()
    #expect(refused.status == 2)
    #expect(refused.errors.contains("was pushed to after its checks ran"), "\(refused.errors)")
    try installation.succeed(["check", "7.07.201908"])
    #expect(try promote().status == 0)
  }

  @Test func `another policy makes the verdict stale, other parts of it do not`() throws {
    try published()
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("checks:", with: "checks:\n  overlap: warn")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let refused = try promote()
    #expect(refused.status == 2)
    #expect(refused.errors.contains("the policy's checks or keys changed"), "\(refused.errors)")
    try text.replacing("title: Extra", with: "title: More")
      .write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try promote().status == 0)
  }

  @Test func `checks of single names leave no verdict`() throws {
    try published()
    try installation.succeed(["update", "7"] + rpms)
    try installation.succeed(["check", "7.07.201908", "--only", "closure"])
    #expect(try promote().status == 2)
    #expect(try installation.run(["check", "7.07.201908", "--only", "closur"]).status == 64)
  }

  @Test func `what is waived is announced and shown`() throws {
    let waived = try Installation(
      small: .inMemory(),
      gate: Fixtures.noClientTests
        + "\nwaivers:\n  - {check: closure, package: iota, reason: rebuilt soon, until: \"7.7\"}")
    for spec in [RPMSpec("gamma"), RPMSpec("iota", tags: ["Requires: gamma"])] {
      try spec.build(into: waived.pool)
    }
    try waived.release("7.06.201903")
    try RPMSpec("gamma", "1.1").retired().build(into: waived.pool)
    try waived.succeed(["compose", "7.07.201908", "--rpms", waived.pool, "--allow-unsigned"])
    try waived.succeed(["publish", "7.07.201908"])
    let file = waived.scratch.path("announcement.txt")
    try waived.succeed(["promote", "7.07.201908", "--skip-soak", "--announcement", file])
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("until 7.7: rebuilt soon"))
    #expect(try waived.succeed(["status"]).contains("rebuilt soon"))
  }
}
