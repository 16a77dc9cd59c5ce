import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Every command with wrong input: exit status, and one sentence that names
/// the thing, the cause and the remedy. Nothing changes on disk.
@Suite(.waiting) struct WrongInputTests {
  @Test func `wrong input ends with its status and a remedy`() throws {
    let installation = try Installation()
    let scratch = installation.scratch
    try RPMSpec("beta").build(into: installation.pool)
    let file = try scratch.write("x", to: "file")
    try scratch.write("not an RPM", to: "bad/broken.rpm")
    try scratch.write("{}", to: "plan.json")
    try scratch.write("stream: x\n", to: "policies/p.yaml")
    try scratch.write("mine", to: "mine.txt")
    let rpms = ["--rpms", installation.pool]
    let unsigned = rpms + ["--allow-unsigned"]
    try installation.release("7.06.201903")
    try installation.succeed(
      ["plan", "7.07.201908", "--output", scratch.path("saved.json")] + unsigned)
    var screen = ""
    func wrong(
      _ arguments: [String], status: Int32, isBare: Bool = false, of policies: String? = nil
    ) throws {
      let before = try installation.snapshot()
      let outcome =
        try isBare
        ? Shell.run(Installation.program, arguments, directory: scratch.url)
        : policies.map {
          try Shell.run(
            Installation.program,
            arguments + ["--policies", $0, "--root", installation.root, "--no-progress"],
            environment: ["HOME": scratch.path("home")], directory: scratch.url)
        } ?? installation.run(arguments)
      let shown = arguments.joined(separator: " ")
      #expect(outcome.status == status, "\(shown): \(outcome.errors)")
      #expect(try installation.snapshot() == before, "\(shown) has changed something")
      #expect(!outcome.errors.contains("Fatal error"))
      screen += "$ epel-compose \(shown)\n\(outcome.errors)[\(outcome.status)]\n\n"
    }
    // Usage.
    try wrong(["promoet", "7.06.201903"], status: 64, isBare: true)
    try wrong(["promote", "7.06.201903", "--skip-soack"], status: 64, isBare: true)
    try wrong(["help", "plna"], status: 64, isBare: true)
    try wrong(["policy", "chek", "x"], status: 64, isBare: true)
    try wrong(["help", "policy", "chek"], status: 64, isBare: true)
    try wrong(["plan", "9"] + rpms, status: 64)
    try wrong(["promote", "10.1.202611"], status: 64)
    try wrong(["plan"], status: 64)
    try wrong(["plan", "7.07.201908", "--rpms", ""], status: 64)
    try wrong(["plan", "7.07.201908", "--output", "one", "--html", "one"] + rpms, status: 64)
    try wrong(["site", "build", ""], status: 64)
    try wrong(["status", "epel-6"], status: 66)
    try wrong(["policy", "show", "epel-17"], status: 66)
    try wrong(["plan", "7.6.201903"] + rpms, status: 64)
    try wrong(["plan", "seven"] + rpms, status: 64)
    try wrong(["plan", "7.06"] + rpms, status: 64)
    try wrong(["update", "seven"], status: 66)
    try wrong(["status", "--format", "xml"], status: 64)
    // Input that is not there.
    try wrong(["plan", "6.06.201903"] + rpms, status: 66)
    try wrong(["plan", "7.07.201908", "--rpms", scratch.path("none")], status: 66)
    try wrong(["plan", "7.07.201908", "--rpms", file], status: 66)
    try wrong(["compose", "7.07.201908", "--rpms", file], status: 66)
    try wrong(
      ["compose", "7.07.201908", "--plan", scratch.path("none.json")] + unsigned, status: 66)
    for command in ["publish", "promote", "check", "archive", "abandon", "verify", "history"] {
      try wrong([command, "7.05.201804"], status: 66)
    }
    try wrong(["retirement", "7", "beta", "nothing"], status: 66)
    try wrong(["policy", "check", scratch.path("none.yaml")], status: 66)
    try wrong(["policy", "show", "6"], status: 66)
    // Bad data.
    try wrong(["plan", "7.07.201908", "--rpms", scratch.path("bad")], status: 65)
    try wrong(["compose", "7.07.201908", "--rpms", scratch.path("bad")], status: 65)
    try wrong(
      ["compose", "7.07.201908", "--plan", scratch.path("plan.json")] + unsigned, status: 65)
    try wrong(["policy", "check", scratch.path("policies/p.yaml")], status: 65)
    // A hub that nobody is at; a policy without one.
    try scratch.write(
      "[koji]\nserver = https://localhost:1/kojihub\nauthtype = kerberos\n",
      to: "home/.koji/config")
    try wrong(["plan", "7.07.201908"], status: 69, of: Fixtures.smallPolicies(in: scratch))
    let without = try TemporaryDirectory()
    let text = try String(contentsOfFile: Fixtures.policies + "/epel-7.yaml", encoding: .utf8)
    try without.write(text.replacing(/koji:\n(  .*\n)+/, with: ""), to: "epel-7.yaml")
    try wrong(["plan", "7.07.201908"], status: 64, of: without.path)
    // Refused.
    try wrong(["compose", "7.07.201908"] + rpms, status: 2)
    try wrong(["compose", "7.06.201903"] + unsigned, status: 2)
    try wrong(["compose", "7.05.201804"] + unsigned, status: 2)
    try wrong(["publish", "7.06.201903"], status: 2)
    try wrong(["promote", "7.06.201903"], status: 2)
    try wrong(["archive", "7.06.201903"], status: 2)
    try wrong(["archive", "7.06.201903", "--remove-original"], status: 2)
    try wrong(["abandon", "7.06.201903"], status: 2)
    try wrong(["rollback", "7"], status: 2)
    try wrong(["rollback", "10"], status: 2)
    try wrong(["update", "10"] + unsigned, status: 2)
    try RPMSpec("pi").build(into: installation.pool)
    try wrong(
      ["compose", "7.07.201908", "--plan", scratch.path("saved.json")] + unsigned, status: 2)
    try wrong(
      ["compose", "7.08.202004", "--plan", scratch.path("saved.json")] + unsigned, status: 64)
    // Output that cannot be made.
    try wrong(["plan", "7.07.201908", "--output", scratch.path("mine.txt")] + unsigned, status: 73)
    try wrong(["plan", "7.07.201908", "--html", installation.pool] + unsigned, status: 73)
    try wrong(
      ["plan", "7.07.201908", "--output", scratch.path("none/plan.json")] + unsigned, status: 73)
    try Golden.expect(installation.normalized(screen), matches: "wrong-input.txt")
  }

  @Test func `a root that is a file, and policies that are missing`() throws {
    let scratch = try TemporaryDirectory()
    let file = try scratch.write("x", to: "file")
    func status(_ arguments: [String]) throws -> Int32 {
      try Shell.run(Installation.program, arguments, directory: scratch.url).status
    }
    #expect(try status(["status", "7", "--policies", Fixtures.policies, "--root", file]) == 73)
    #expect(try status(["status", "--policies", scratch.path("none")]) == 66)
    #expect(try status(["status", "--policies", file]) == 66)
    #expect(try status(["status", "7"]) == 66, "there is no ./Policies here")
  }

  @Test(.enabled(if: getuid() == 0, "mounting needs root"))
  func `a read-only file system is output that cannot be made`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("beta").build(into: installation.pool)
    try installation.release("7.06.201903")
    try Shell.check("mount", ["-o", "bind,ro", installation.root, installation.root])
    defer { _ = try? Shell.run("umount", [installation.root]) }
    let outcome = try installation.run(
      ["compose", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned"])
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains("Read-only file system"))
    // Readers do not mind.
    try installation.succeed(["status", "7"])
    try installation.succeed(["verify", "7.06.201903"])
    try installation.succeed([
      "plan", "7.07.201908", "--rpms", installation.pool, "--allow-unsigned",
    ])
  }

  @Test(.enabled(if: getuid() == 0, "changing the user needs root"))
  func `without permission it says so`() throws {
    let installation = try Installation(in: URL(fileURLWithPath: "/tmp"))
    try RPMSpec("beta").build(into: installation.pool)
    try Shell.check("mkdir", ["-m", "0755", installation.root])
    let outcome = try Shell.run(
      "setpriv",
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", Installation.program, "compose",
        "7.06.201903", "--rpms", installation.pool, "--allow-unsigned", "--root", installation.root,
        "--policies", Fixtures.policies, "--no-progress",
      ])
    #expect(outcome.status == 77, "\(outcome.errors)")
    #expect(outcome.errors.contains("Permission denied"))
    let policy = try installation.scratch.write("stream: x\n", to: "secret.yaml")
    #expect(chmod(policy, 0o600) == 0)
    let unreadable = try Shell.run(
      "setpriv",
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", Installation.program, "policy", "check",
        policy,
      ])
    #expect(unreadable.status == 77, "\(unreadable.errors)")
    #expect(unreadable.output.contains("may not be read"))
  }

  /// Each of these once kept the program for ever, or ended it by a signal.
  @Test func `odd files and settings of the machine are refused within seconds`() throws {
    let installation = try Installation.withoutClients()
    let pipe = installation.scratch.path("pipe.yaml")
    #expect(mkfifo(pipe, 0o600) == 0)
    let device = installation.scratch.path("device.yaml")
    #expect(symlink("/dev/zero", device) == 0)
    for file in [pipe, device] {
      let outcome = try Shell.run(Installation.program, ["policy", "check", file], seconds: 20)
      #expect(outcome.status == 65, "\(file): \(outcome.errors)")
    }
    let settings = try installation.scratch.write(
      "openssl_conf = a\n[a]\nproviders = b\n[b]\nnull = c\n[c]\nactivate = 1\n", to: "openssl.cnf")
    let outcome = try Shell.run(
      Installation.program, ["policy", "check", "\(Fixtures.policies)/epel-7.yaml"],
      environment: ["OPENSSL_CONF": settings])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("OPENSSL_CONF"))
  }

  @Test(arguments: ["9223372036854775807", "-1", "99999999999999999999", "many"])
  func `whatever COLUMNS says, the screen is as wide as a screen`(columns: String) throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("beta").build(into: installation.pool)
    let outcome = try Shell.run(
      Installation.program,
      [
        "plan", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned", "--root",
        installation.root, "--policies", Fixtures.policies,
      ], environment: ["COLUMNS": columns])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 1000 })
  }

  @Test func `a first compose that is refused makes nothing, not even a ledger`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("beta").build(into: installation.pool)
    let outcome = try installation.run(["compose", "7.06.201903", "--rpms", installation.pool])
    #expect(outcome.status == 2)
    #expect(try installation.snapshot() == "absent")
  }

  @Test(.enabled(if: getuid() == 0, "changing the user needs root"))
  func `a directory of RPMs that cannot be read is named`() throws {
    let installation = try Installation(in: URL(fileURLWithPath: "/tmp"))
    try RPMSpec("beta").build(into: installation.pool)
    try RPMSpec("mu").build(into: installation.pool + "/sub")
    #expect(chmod(installation.pool + "/sub", 0o700) == 0)
    let outcome = try Shell.run(
      "setpriv",
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", Installation.program, "plan",
        "7.06.201903", "--rpms", installation.pool, "--allow-unsigned", "--root", installation.root,
        "--policies", Fixtures.policies, "--no-progress",
      ])
    #expect(outcome.status == 77, "\(outcome.errors)")
    #expect(outcome.errors.contains(installation.pool + "/sub"))
  }
}
