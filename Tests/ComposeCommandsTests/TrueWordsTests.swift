import ComposeTestSupport
import Foundation
import Testing

/// What is said is so, and no option is ignored.
@Suite(.waiting) struct TrueWordsTests {
  private func installation() throws -> Installation {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    for name in ["alpha", "beta"] { try RPMSpec(name).build(into: installation.pool) }
    return installation
  }

  @Test func `the check of signatures says how many it let pass`() throws {
    let installation = try installation()
    try installation.succeed([
      "compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned",
    ])
    let check = try installation.succeed(["check", "7.06.201903"])
    #expect(
      check.contains(
        "passed  signatures    4 RPMs without a signature by a key of the policy were allowed"))
    let json = try installation.json(["check", "7.06.201903", "--only", "signatures"])
    let result = try #require((json["checks"] as? [[String: Any]])?.first)
    #expect(result["passed"] as? Bool == true)
    #expect(
      (result["notes"] as? [[String: Any]])?.first?["code"] as? String == "unsigned-allowed")
    // Others have nothing to say of it.
    #expect(
      try !installation.succeed(["check", "7.06.201903", "--only", "manifest"])
        .contains("were allowed"))
  }

  @Test func `what is no saved plan is named as the input that it is`() throws {
    let installation = try installation()
    func refused(_ plan: String, _ status: Int32) throws -> String {
      try installation.expectRefusal(
        [
          "compose", "7.06.201903", "--plan", plan, "--rpms", installation.pool,
          "--allow-unsigned",
        ], status: status)
    }
    for file in ["/dev/null", installation.scratch.path] {
      let said = try refused(file, 65)
      #expect(said.contains("it is no plan file"))
      #expect(said.contains("saved with: epel-compose plan 7.06.201903 --output FILE"))
      #expect(!said.contains("move it away"))
    }
    #expect(try refused("nowhere.json", 66).contains("there is no such file"))
  }

  @Test func `an unknown package is no refusal to acknowledge, and has a suggestion`() throws {
    let installation = try installation()
    try installation.release("7.06.201903")
    let unknown = try installation.expectRefusal(
      ["retirement", "acknowledge", "7", "alhpa"], status: 66)
    #expect(unknown.contains("no release of epel-7 has it. Did you mean 'alpha'?"))
    let live = try installation.expectRefusal(
      ["retirement", "acknowledge", "7", "alpha"], status: 2)
    #expect(live.contains("it is not retiring"))
    #expect(
      try installation.run(["retirement", "7", "betta"]).errors.contains("Did you mean 'beta'?"))
    #expect(
      try installation.run(["retirement", "announce", "7", "betta"]).errors
        .contains("Did you mean 'beta'?"))
    // The beginning of one name, and what is near to none.
    for (given, meant) in [("alp", "Did you mean 'alpha'?"), ("xy", nil), ("gx", nil)] {
      let errors = try installation.run(["retirement", "7", given]).errors
      #expect(errors.contains(meant ?? "has it. Give the name"), "\(errors)")
    }
  }

  @Test func `a value of an option has a suggestion`() throws {
    let installation = try installation()
    for (value, meant) in [("promte", "Did you mean 'promote'? "), ("dance", nil)] {
      let errors = try installation.expectRefusal(["history", "--command", value], status: 64)
      #expect(errors.contains("\(meant ?? "")Please provide one of the following"), "\(errors)")
      #expect(errors.contains("Did you mean") == (meant != nil))
    }
  }

  @Test func `options that would be ignored are refused`() throws {
    let installation = try installation()
    try installation.release("7.06.201903")
    let pool = ["--rpms", installation.pool]
    for arguments in [
      ["status", "7", "--from-disk"] + pool, ["update", "7", "--undo", "--reason", "No"] + pool,
      ["update", "7", "--withdraw", "beta-1.0-1", "--reason", "No", "--allow-unsigned"],
      ["site", "build", "site"] + pool, ["site", "build", "site", "--allow-unsigned"],
      ["retirement", "announce", "7", "alpha", "--reason", "a", "--change", "b"],
    ] {
      try installation.expectRefusal(arguments, status: 64)
    }
    // By one rule for all that take a reason.
    for blank in ["", "   ", "\t"] {
      for arguments in [
        ["promote", "7.06.201903", "--override-checks", blank],
        ["update", "7", "--override-checks", blank] + pool,
        ["update", "7", "--undo", "--reason", blank],
      ] {
        #expect(
          try installation.expectRefusal(arguments, status: 64)
            .contains("needs a reason that others will understand"), "\(arguments)")
      }
    }
  }

  @Test func `filters without a match say so`() throws {
    let installation = try installation()
    #expect(try installation.succeed(["retirement", "7"]).contains("No package is known yet"))
    try installation.release("7.06.201903")
    #expect(
      try installation.succeed(["retirement", "7", "--state", "retired"])
        == "No package matches --state retired.\n")
    #expect(
      try installation.succeed([
        "retirement", "7", "--ends-before", "1999-01-01", "--state", "live",
      ])
        == "No package matches --state live, --ends-before 1999-01-01.\n")
  }

  @Test func `streams are known by name everywhere`() throws {
    let installation = try installation()
    try installation.release("7.06.201903")
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    #expect(
      try installation.succeed(["update", "epel-7", "-n"] + rpms).contains("nothing to push"))
    #expect(try installation.succeed(["retirement", "epel-7", "alpha"]).contains("live"))
    try installation.expectRefusal(["rollback", "epel-7"], status: 2)
    #expect(
      try installation.expectRefusal(["retirement", "epl-7"], status: 66)
        .contains("Did you mean epel-7?"))
  }

  @Test func `one refusal is told once`() throws {
    let installation = try installation()
    let outcome = try installation.run(["compose", "7.06.201903", "--rpms", installation.pool])
    #expect(outcome.status == 2)
    let count = outcome.errors.components(separatedBy: "alpha-1.0-1.noarch.rpm is not signed").count
    #expect(count == 2, "\(outcome.errors)")
    let policy = try installation.scratch.write("stream: 7\n", to: "wrong/epel-7.yaml")
    let wrong = try installation.run(["policy", "check", policy])
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("epel-7.yaml: it is no valid policy"))
    #expect(wrong.output.contains("FAILED"))
  }

  @Test(.enabled(if: getuid() == 0, "changing the user needs root"))
  func `a permission error names the directory that matters, and --root`() throws {
    let installation = try Installation(in: URL(fileURLWithPath: "/tmp"))
    try RPMSpec("alpha").build(into: installation.pool)
    func run(_ arguments: [String]) throws -> Shell.Outcome {
      try Shell.run(
        "setpriv",
        ["--reuid=65534", "--regid=65534", "--clear-groups", Installation.program] + arguments
          + ["--policies", Fixtures.policies, "--no-progress"])
    }
    let compose = [
      "compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned",
    ]
    let real = try run(compose)
    #expect(real.status == 77, "\(real.errors)")
    #expect(real.errors.contains("epel-compose: /pub/alt/epel: making it in /"))
    #expect(real.errors.contains("in a directory of your own, with --root DIR"))
    try FileManager.default.createDirectory(
      atPath: installation.root, withIntermediateDirectories: true)
    let tried = try run(compose + ["--root", installation.root])
    #expect(tried.status == 77, "\(tried.errors)")
    #expect(tried.errors.contains("\(installation.root)/pub/alt/epel: making it in "))
    #expect(!tried.errors.contains("--root DIR"))
  }
}
