import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// What counts in the end: real clients, from the links, across pushes and a
/// flip.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
struct ClientTests {
  enum Transport: String, CaseIterable { case file, http }

  @Test(arguments: Transport.allCases)
  func `dnf installs, downgrades, and upgrades across the flip`(transport: Transport) throws {
    let installation = try Installation()
    let key = try SigningKey(named: "Release")
    let keyFile = installation.root + "/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7"
    try Shell.check("install", ["-D", "-m", "0644", key.publicKey, keyFile])
    let rpms = ["--rpms", installation.pool]
    func stage(_ name: String) throws {
      try Fixtures.build(name, into: installation.pool, arches: "x86_64", key: key)
    }
    func release(_ id: String) throws {
      try installation.succeed(["compose", id] + rpms)
      try installation.succeed(["publish", id])
      try installation.succeed(["promote", id, "--skip-soak"])
    }
    try stage("release")
    try release("7.06.201903")
    let server = try LoopbackServer(serving: installation.root)
    let base = transport == .http ? server.url : "file://" + installation.root
    let repositories = [
      "epel-updates": "\(base)/pub/epel/updates/7/Everything/x86_64",
      "epel": "\(base)/pub/epel/releases/7/Everything/x86_64",
    ]
    let dnf = try DnfClient()
    func run(_ arguments: [String]) throws {
      try dnf.succeed(arguments, repositories: repositories, key: key)
    }
    func installed(_ name: String) throws -> [String] {
      try dnf.installed().filter { $0.hasPrefix(name) }
    }
    try run(["install", "kappa", "alpha", "eta", "lambda", "mu", "theta"])
    #expect(try installed("kappa") == ["kappa-1.0-1.el7"])
    #expect(try installed("eta") == ["eta-0.9-1.el7"])
    #expect(try installed("alpha") == ["alpha-1.0-1.el7", "alpha-libs-1.0-1.el7"])
    try stage("updates-1")
    try installation.succeed(["update", "7"] + rpms)
    try run(["upgrade"])
    #expect(try installed("kappa") == ["kappa-1.1-1.el7"])
    try stage("updates-2")
    try installation.succeed(["update", "7"] + rpms)
    try run(["upgrade", "kappa"])
    #expect(try installed("kappa") == ["kappa-1.2-1.el7"])
    try run(["downgrade", "kappa"])
    #expect(try installed("kappa") == ["kappa-1.1-1.el7"], "older versions stay in updates")
    try run(["install", "gamma", "iota"])
    try stage("next")
    try release("7.07.201908")
    try run(["upgrade"])
    #expect(try installed("alpha") == ["alpha-1.1-1.el7", "alpha-libs-1.1-1.el7"])
    #expect(try installed("kappa") == ["kappa-1.2-1.el7"])
    let gone = try dnf.run(["reinstall", "gamma"], repositories: repositories, key: key)
    #expect(gone.status != 0, "gamma is retired: the new release does not have it")
    try installation.succeed(["rollback", "7"])
    try run(["reinstall", "gamma"])
    if transport == .http {
      #expect(server.log.contains("GET /pub/epel/updates/7/Everything/x86_64/repodata/repomd.xml"))
      #expect(!server.log.contains(" 404 "), "\(server.log)")
    }
  }

  @Test func `an RPM by another key is refused by the compose`() throws {
    let installation = try Installation()
    let ours = try SigningKey(named: "Ours")
    let theirs = try SigningKey(named: "Theirs")
    try Shell.check(
      "install",
      [
        "-D", "-m", "0644", ours.publicKey,
        installation.root + "/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7",
      ])
    try ours.sign(try RPMSpec("alpha").build(into: installation.pool))
    let rpms = ["--rpms", installation.pool]
    try installation.succeed(["compose", "7.06.201903", "--dry-run"] + rpms)
    try theirs.sign(try RPMSpec("beta").build(into: installation.pool))
    let outcome = try installation.run(["compose", "7.06.201903"] + rpms)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no key of the policy"))
    #expect(!outcome.errors.contains("is not there"))
  }

  /// Else thousands of RPMs seem to be signed by a wrong key.
  @Test func `where a key of the policy is not there, that is what is said first`() throws {
    let installation = try Installation()
    let ours = try SigningKey(named: "Ours")
    try ours.sign(try RPMSpec("alpha").build(into: installation.pool))
    let command = ["7.06.201903", "--rpms", installation.pool]
    let missing =
      "the signing key \(installation.root)/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7 is not there"
    let outcome = try installation.run(["compose"] + command)
    #expect(outcome.status == 2)
    let words = outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let told = try #require(words.firstRange(of: missing))
    let signed = try #require(words.firstRange(of: "no key of the policy"))
    #expect(told.upperBound < signed.lowerBound)
    let plan = try installation.json(["plan"] + command)
    let refusals = plan["refusals"] as? [[String: Any]] ?? []
    // The source RPM is signed as well.
    let codes = refusals.compactMap { $0["code"] as? String }
    #expect(codes == ["missing-key", "unknown-key", "unknown-key"])
    // Where unsigned RPMs are let in, it is a warning.
    let allowed = try installation.json(["plan"] + command + ["--allow-unsigned"])
    #expect((allowed["refusals"] as? [Any])?.isEmpty == true)
    let warnings = allowed["warnings"] as? [[String: Any]] ?? []
    #expect(warnings.contains { $0["code"] as? String == "missing-key" })
  }

  @Test func `a push says it first as well`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    try SigningKey(named: "Ours").sign(try RPMSpec("beta").build(into: installation.pool))
    let outcome = try installation.run(
      ["update", "7", "--rpms", installation.pool, "--dry-run", "--format", "json"])
    #expect(outcome.status == 2)
    let push = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    func codes(_ key: String) -> [String] {
      (push[key] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    }
    #expect(codes("refusals") == ["missing-key", "unknown-key", "unknown-key"])
    #expect(!codes("warnings").contains("missing-key"), "once")
  }

  @Test func `the test repository file works before the release is published`() throws {
    let installation = try Installation()
    try RPMSpec("alpha", epoch: 3).build(into: installation.pool)
    try installation.succeed(
      ["compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned"])
    let file = installation.root + "/pub/alt/epel/epel-7-7.06.201903.repo"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("baseurl=") })
    let url = String(line.dropFirst("baseurl=".count)).replacing("$basearch", with: "x86_64")
    #expect(try DnfClient().offered(url) == ["alpha-3:1.0-1.noarch"])
  }

  @Test(.enabled(if: Shell.has("zypper"), "needs zypper"))
  func `zypper reads the same repository`() throws {
    let installation = try Installation()
    try RPMSpec("alpha").build(into: installation.pool)
    try RPMSpec("lambda", "1.0^git1").build(into: installation.pool)
    try installation.release("7.06.201903")
    let root = try TemporaryDirectory()
    func zypper(_ arguments: [String]) throws -> String {
      try Shell.check(
        "zypper", ["--root", root.path, "--non-interactive", "--no-gpg-checks"] + arguments)
    }
    let url = "file://\(installation.root)/pub/epel/releases/7/Everything/x86_64"
    _ = try zypper(["addrepo", "--type", "rpm-md", url, "epel"])
    _ = try zypper(["refresh"])
    let found = try zypper(["search", "--details", "--repo", "epel"])
    #expect(found.contains("1.0^git1-1"))
    #expect(found.contains("alpha"))
  }
}
