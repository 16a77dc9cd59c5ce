import ComposeTestSupport
import Foundation
import Testing

/// Passwords, tokens and sessions are planted wherever the program gets any; then commands are
/// run, those that succeed and those that fail, and everything is searched that they leave
/// behind: files, output, errors, and what other programs were told.
@Suite(.waiting) struct SecretsTests {
  /// Whatever begins so is secret.
  private static let mark = "S3cret-"

  private let scratch: TemporaryDirectory
  private let key: SigningKey
  private let server: LoopbackServer
  private let installation: Installation
  /// Files that hold secrets because people put them there.
  private let planted: Set<String>

  init() throws {
    let scratch = try TemporaryDirectory(in: URL(fileURLWithPath: "/tmp"))
    let key = try SigningKey(named: "Metadata")
    try RPMSpec("glibc").build(into: scratch.path("base/os"))
    try Shell.check("createrepo_c", ["-q", scratch.path("base/os")])
    let server = try LoopbackServer(serving: scratch.path("base"))
    (self.scratch, self.key, self.server) = (scratch, key, server)
    let mark = Self.mark
    let policies = try Fixtures.smallPolicies(in: scratch, gate: "checks:\n  rehearsal: warn")
    let file = "\(policies)/epel-7.yaml"
    // What each of them is started with.
    func program(_ name: String, _ last: String) throws -> String {
      let path = try scratch.write(
        "#!/bin/sh\n{ echo \(name); env; } >> '\(scratch.path("told"))'\n\(last)\n",
        to: "bin/\(name)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      return path
    }
    for client in ["dnf", "zypper"] { _ = try program(client, "exit 1") }
    let command = key.signingCommand.map { "'\($0)'" }.joined(separator: " ")
    let signer = try program("sign", "exec \(command)")
    let signing = try key.metadataSigning(root: scratch.path("root"))
      .replacing(/command: .*/) { _ in "command: [\(signer), --passphrase, \(mark)passphrase]" }
    let port = server.port
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing(/signing:\n  keys:\n.*\n/) { _ in signing }
      .replacing(/hub: .*/) { _ in "hub: https://127.0.0.1:1/kojihub" }
      .replacing(/topdir: .*/) { _ in "topdir: https://127.0.0.1:1/files" }
      .replacing(/\nbase:\n(  .*\n|#.*\n)+/) { _ in "\n" }
      .replacing(
        "calendar:",
        with:
          """
          base:
            - {id: os, url: "http://127.0.0.1:\(port)/os"}
          mirrors:
            modules: [{name: epel, path: /pub/epel}, {name: archives, path: /pub/archives}]
            names: {clients: ["epel-{kind}{major}"], updates: "epel-{kind}{release}", releases: "epel-release-{kind}{release}"}
            metalink: "http://127.0.0.1:1/metalink"

          calendar:
          """)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let config = try scratch.write(
      """
      [koji]
      server = https://koji:\(mark)server@127.0.0.1:1/kojihub
      authtype = ssl
      cert = /nowhere/\(mark)cert
      password = \(mark)password
      """, to: "home/.koji/config")
    planted = [file, config]
    for directory in ["tmp", "outputs"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(directory), withIntermediateDirectories: true)
    }
    try FileManager.default.createDirectory(
      atPath: scratch.path("pool"), withIntermediateDirectories: true)
    installation = Installation(
      in: scratch, policies: policies,
      environment: [
        "PATH": "\(scratch.path("bin")):/usr/bin:/bin", "HOME": scratch.path("home"),
        "TMPDIR": scratch.path("tmp"), "no_proxy": "127.0.0.1",
        "http_proxy": "http://user:\(mark)proxy@127.0.0.1:1",
        "https_proxy": "http://user:\(mark)proxy@127.0.0.1:1",
        "GPG_PASSPHRASE": "\(mark)gpg", "KRB5CCNAME": "FILE:/nowhere/\(mark)cache",
        "KOJI_SESSION_KEY": "\(mark)session", "SIGUL_TOKEN": "\(mark)token",
      ])
  }

  /// Keeps all that a command says.
  @discardableResult
  private func run(_ arguments: [String], _ kept: Int) throws -> Int32 {
    let outcome = try installation.run(arguments)
    // The line that was given is not what the program says.
    try scratch.write(outcome.output + outcome.errors, to: "outputs/\(kept)")
    return outcome.status
  }

  private func files(with text: String) throws -> [String] {
    try Shell.run("grep", ["-rlaF", "--", text, scratch.path]).output
      .split(separator: "\n").map(String.init)
  }

  @Test func `no secret is in anything that commands leave behind`() throws {
    defer { key.endAgent() }
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    let (first, next) = ("7.06.201903", "7.07.201908")
    let (url, user) = ("127.0.0.1:\(server.port)", "http://me:\(Self.mark)me@")
    try RPMSpec("alpha").build(into: installation.pool)
    let commands: [[String]] =
      [
        ["policy", "check", "\(installation.policies)/epel-7.yaml"],
        // Neither hub nor advisories answer.
        ["plan", first], ["plan", first, "--format", "json"], ["compose", first],
        ["plan", first, "--output", scratch.path("plan.json"), "--html", scratch.path("plan.html")]
          + rpms,
        ["compose", first, "--verbose"] + rpms, ["check", first, "--verbose"],
        ["check", first, "--format", "json"], ["publish", first], ["promote", first],
        [
          "promote", first, "--skip-soak", "--override-checks", "a test", "--skip-mirrors",
          "a test",
        ],
        ["update", "7"] + rpms, ["update", "7"], ["status", "7"],
        ["status", "7", "--format", "json"], ["history", "7"], ["verify", first],
        ["verify", first, "--against", "\(user)\(url)/nothing"],
        ["verify", first, "--against", "\(user)127.0.0.1:1/nothing"],
        ["verify", "--against", "\(user)\(url)/nothing", "--keys", key.publicKey],
        ["mirrors", "lists", "7"], ["mirrors", "status", "7"],
        ["mirrors", "status", "7", "--format", "json", "--mirror", "\(user)\(url)"],
        ["mirrors", "status", "7", "--mirror", "\(user)127.0.0.1:1"],
        ["mirrors", "handover", first, "--for", "promote"],
        ["retirement", "7"] + ["--rpms", installation.pool],
        ["retirement", "announce", "7", "alpha"],
        ["site", "build", scratch.path("site"), "--next", next, "--rpms", installation.pool],
        ["compose", next] + rpms, ["publish", next], ["diff", first, next],
        [
          "promote", next, "--skip-soak", "--override-checks", "a test", "--skip-mirrors", "a test",
          "--announcement", scratch.path("announcement"),
        ],
        ["rollback", "7"], ["abandon", next], ["archive", first], ["no-such-command", Self.mark],
      ].filter { $0.first != "no-such-command" }
    var done: [String: Int32] = [:]
    for (index, command) in commands.enumerated() {
      if command.first == "compose", command[1] == next {
        try RPMSpec("alpha", "2.0").build(into: installation.pool)
      }
      done[command.prefix(2).joined(separator: " ")] = try run(command, index)
    }
    // Otherwise nothing would have been looked at.
    for step in ["publish \(first)", "promote \(first)", "site build", "publish \(next)"] {
      #expect(done[step] == 0, "\(step)")
    }
    let told = try String(contentsOfFile: scratch.path("told"), encoding: .utf8)
    #expect(told.contains("dnf\n") && told.contains("sign\n"), "no program was started")
    #expect(try !files(with: "://***@").isEmpty, "no URL was quoted")
    let found = try Set(files(with: Self.mark)).subtracting(planted)
    for file in found.sorted() {
      let lines = try Shell.run("grep", ["-aoE", ".{0,60}\(Self.mark)[a-z]*", file]).output
      Issue.record("\(file.dropFirst(scratch.path.count)): \(lines.prefix(300))")
    }
    #expect(try Set(files(with: Self.mark)).isSuperset(of: planted))
  }

  @Test func `a signing program that fails and repeats its arguments is quoted without them`()
    throws
  {
    defer { key.endAgent() }
    try RPMSpec("alpha").build(into: installation.pool)
    let signer = scratch.path("bin/sign")
    try "#!/bin/sh\necho \"wrong arguments: $*\" >&2\nexit 1\n"
      .write(toFile: signer, atomically: false, encoding: .utf8)
    let outcome = try installation.run([
      "compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("wrong arguments: --passphrase ***"), "\(outcome.errors)")
    #expect(!outcome.errors.contains(Self.mark))
    #expect(try Set(files(with: Self.mark)).subtracting(planted).isEmpty)
  }

  @Test(arguments: [
    "hub: https://127.0.0.1:1/kojihub", "topdir: https://127.0.0.1:1/files",
    "metalink: \"http://127.0.0.1:1/metalink\"", "/os\"",
  ])
  func `a policy with a password in a URL is refused, and the password is not repeated`(
    text: String
  ) throws {
    defer { key.endAgent() }
    let file = "\(installation.policies)/epel-7.yaml"
    let policy = try String(contentsOfFile: file, encoding: .utf8)
    let line = try #require(policy.split(separator: "\n").first { $0.contains(text) })
    let changed = String(line).replacing("://", with: "://me:\(Self.mark)url@", maxReplacements: 1)
    try policy.replacing(line, with: changed).write(toFile: file, atomically: true, encoding: .utf8)
    for arguments in [["policy", "check", file], ["plan", "7.06.201903"]] {
      let outcome = try installation.run(arguments)
      #expect(outcome.status == 65, "\(outcome.errors)")
      let said = outcome.output + outcome.errors
      #expect(said.contains("://***@127.0.0.1") && !said.contains(Self.mark), "\(said)")
    }
  }
}
