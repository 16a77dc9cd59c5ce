import ComposeTestSupport
import Foundation
import Testing

/// Checks run on the tree as a push will leave it, before users get anything.
@Suite(.waiting) struct JudgedPushTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory())
    for spec in [RPMSpec("maple"), RPMSpec("willow", tags: ["Requires: maple >= 1"])] {
      try spec.build(into: installation.pool)
    }
    try installation.release("7.06.201903")
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  /// The served trees, by path, size and time.
  private func served() throws -> String {
    try Shell.check(
      "find",
      ["\(installation.root)/pub", "-type", "f", "-printf", "%P %s %T@ %C@ %i\n"]
    ).split(separator: "\n").sorted().joined(separator: "\n")
  }

  private func events() throws -> String { try installation.succeed(["history", "7.06.201903"]) }

  /// A build that nobody can install.
  private func addBroken() throws {
    try RPMSpec("willow", "2.0", tags: ["Requires: maple >= 3"]).build(into: installation.pool)
  }

  @Test func `a push that breaks users is refused, and a dry run says so`() throws {
    try addBroken()
    let before = try served()
    let history = try events()
    for options in [["--dry-run"], []] {
      let refused = try installation.run(["update", "7"] + rpms + options)
      #expect(refused.status == 2, "\(refused.errors)")
      let told = refused.output + refused.errors
      #expect(told.contains("willow-2.0-1 needs maple >= 3"), "\(told)")
      #expect(refused.errors.contains("nothing was changed"))
      #expect(try served() == before)
    }
    #expect(try events() == history)
    // The same push without it goes through, and its verdict is recorded with it.
    try RPMSpec("maple", "1.1").build(into: installation.pool)
    try installation.succeed(["update", "7", "maple-1.1-1"] + rpms)
    #expect(
      try events().contains("push 1: maple-1.1-1; unsigned RPMs allowed; left out willow-2.0-1"))
    let json = try installation.succeed(["status", "7", "--format", "json"])
    #expect(json.contains("\"checksPassed\" : true"))
  }

  @Test func `unsigned RPMs that a push lets in are let in by its checks as well`() throws {
    let installation = try Installation(small: .inMemory())
    let key = try SigningKey(named: "ours")
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7", with: "OURS")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.copyItem(
      atPath: key.publicKey, toPath: "\(installation.policies)/OURS")
    let pool = ["--rpms", installation.pool]
    try key.sign(RPMSpec("maple").build(into: installation.pool))
    try installation.succeed(["compose", "7.06.201903"] + pool)
    try installation.succeed(["publish", "7.06.201903"])
    try installation.succeed(["promote", "7.06.201903", "--skip-soak"])
    try RPMSpec("willow").build(into: installation.pool)
    for options in [["--dry-run"], []] {
      #expect(try installation.run(["update", "7"] + pool + options).status == 2)
    }
    try installation.succeed(["update", "7", "--allow-unsigned", "--dry-run"] + pool)
    try installation.succeed(["update", "7", "--allow-unsigned"] + pool)
    #expect(try installation.run(["check", "7.06.201903"]).status == 0)
  }

  @Test func `checks are overridden with a reason, on record`() throws {
    try addBroken()
    let pushed = try installation.run(
      ["update", "7", "--override-checks", "maple 3 comes tonight"] + rpms)
    #expect(pushed.status == 0 && pushed.errors.contains("closure (1 finding)"))
    let status = try installation.succeed(["status", "7"])
    #expect(status.contains("maple 3 comes tonight") && status.contains("checks failed"))
    // The next push does not inherit the override.
    try RPMSpec("maple", "1.1").build(into: installation.pool)
    #expect(try installation.run(["update", "7"] + rpms).status == 2)
    #expect(try installation.run(["update", "7", "--override-checks", " "] + rpms).status == 64)
  }

  @Test func `taking a build out is judged, too`() throws {
    let before = try served()
    for options in [["--dry-run"], []] {
      let refused = try installation.run(
        ["update", "7", "--withdraw", "maple-1.0-1", "--reason", "No"] + options)
      #expect(refused.status == 2, "\(refused.errors)")
      let text = refused.output + refused.errors
      #expect(text.contains("willow-1.0-1 needs maple"))
      // What goes is not said to be there.
      #expect(text.contains("this push takes maple-1.0-1 out"), "\(text)")
      #expect(!text.contains("maple is 1.0-1 now") && text.contains("or keep maple-1.0-1"))
      #expect(try served() == before)
    }
    try installation.succeed(["update", "7", "--withdraw", "willow-1.0-1", "--reason", "No"])
    try installation.succeed(["update", "7", "--withdraw", "maple-1.0-1", "--reason", "No"])
  }

  @Test func `a signature that nobody can read stops the push, whatever is allowed`() throws {
    let files = try RPMSpec("maple", "1.1").build(into: installation.pool, sources: false)
    try Shell.check(
      "\(Fixtures.checkout)/Tests/Fixtures/edit-rpm",
      ["set-signature", files[0], "--", "268", "8902deadbeef"])
    for options in [[], ["--skip-unsigned"], ["--allow-unsigned"]] {
      let refused = try installation.run(
        ["update", "7", "--rpms", installation.pool] + options)
      #expect(refused.status == 2, "\(options)")
      #expect((refused.output + refused.errors).contains("is signed, but its signature"))
    }
  }

  @Test func `a build that is not signed stops itself alone`() throws {
    try RPMSpec("maple", "1.1").build(into: installation.pool)
    let pool = ["--rpms", installation.pool]
    #expect(try installation.run(["update", "7"] + pool).status == 2)
    let left = try installation.run(["update", "7", "--skip-unsigned"] + pool)
    #expect(left.status == 0 && left.output.contains("maple-1.1-1: "), "\(left.errors)")
    #expect(left.output.contains("is not signed"))
    for both in [
      ["--skip-unsigned", "--allow-unsigned"], ["maple-1.1-1", "--skip", "maple-1.1-1"],
    ] {
      #expect(try installation.run(["update", "7"] + pool + both).status == 64)
    }
  }

  @Test(.enabled(if: Shell.canTrace, "strace cannot be used"))
  func `a push looks once at what it needs`() throws {
    try RPMSpec("maple", "1.1").build(into: installation.pool)
    let trace = installation.scratch.path("trace")
    for (options, looks) in [(["--dry-run"], 1), ([], 1)] {
      try Shell.check(
        "strace",
        [
          "-f", "-y", "-qq", "-e", "trace=?faccessat,?faccessat2", "-o", trace,
          Installation.program, "update", "7", "--root", installation.root, "--policies",
          installation.policies, "--no-progress",
        ] + rpms + options)
      let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        .filter { $0.contains("/updates/7.06.201903>") && $0.contains("W_OK") }
      #expect(calls.count == looks, "\(calls)")
    }
  }
}
