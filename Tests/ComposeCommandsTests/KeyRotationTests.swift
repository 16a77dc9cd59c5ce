import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// One signing key takes the place of another, as Docs/Operating.md has it, with real clients
/// all the way.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
struct KeyRotationTests {
  private let installation: Installation
  private let old: SigningKey
  private let new: SigningKey
  /// File of the policy's keys, which clients have too.
  private let keys: String
  private var rpms: [String] { ["--rpms", installation.pool] }

  init() throws {
    installation = try Installation(small: .inMemory())
    (old, new) = (try SigningKey(named: "Old"), try SigningKey(named: "New"))
    keys = "\(installation.policies)/KEYS"
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("    - /etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-7\n", with: "    - KEYS\n")
    try #require(text.contains("- KEYS"))
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  /// Writes the key file: one block for each.
  private func trust(_ trusted: [SigningKey]) throws {
    let text = try trusted.map { try String(contentsOfFile: $0.publicKey, encoding: .utf8) }
    try Data(text.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: keys))
  }

  private func build(_ name: String, _ version: String, by key: SigningKey) throws {
    try key.sign(RPMSpec(name, version).build(into: installation.pool))
  }

  private func release(_ id: String) throws {
    try installation.succeed(["compose", id] + rpms)
    try installation.succeed(["publish", id])
    try installation.succeed(["promote", id, "--skip-soak"])
  }

  /// What a client says that has the keys of `file`, and checks each RPM.
  private func dnf(
    _ client: DnfClient, _ arguments: [String], keys file: String
  ) throws -> Shell.Outcome {
    let url = "file://\(installation.root)/pub/epel/updates/7/Everything/x86_64"
    return try client.run(
      arguments, repositories: ["epel": url],
      options: ["--setopt=epel.gpgcheck=1", "--setopt=epel.gpgkey=file://\(file)"])
  }

  /// What `rpmkeys` says of the RPMs of the pool, with the keys of `file` alone.
  private func verifies(_ pattern: String, keys file: String) throws -> Bool {
    let scratch = try TemporaryDirectory()
    let database = ["--dbpath", scratch.path]
    try Shell.check("rpmkeys", database + ["--import", file])
    let files = try FileManager.default.contentsOfDirectory(atPath: installation.pool)
      .filter { $0.hasPrefix(pattern) }.map { "\(installation.pool)/\($0)" }
    try #require(!files.isEmpty)
    return try Shell.run("rpmkeys", database + ["--checksig"] + files).status == 0
  }

  @Test func `from the first RPM by the new key to the removal of the old one`() throws {
    let client = try DnfClient()
    // Only the old key.
    try trust([old])
    try build("kappa", "1.0", by: old)
    try release("7.06.201903")
    #expect(try dnf(client, ["install", "kappa"], keys: keys).status == 0)
    try build("iota", "1.0", by: new)
    let early = try installation.run(["update", "7"] + rpms)
    #expect(early.status == 2 && early.errors.contains("no key of the policy"), "\(early.errors)")

    // Both, in one file: every block of it counts, for us and for clients.
    try trust([old, new])
    try installation.succeed(["update", "7"] + rpms)
    #expect(try verifies("kappa", keys: keys) && verifies("iota", keys: keys))
    #expect(try !verifies("iota", keys: old.publicKey))
    let late = try dnf(try DnfClient(), ["install", "iota"], keys: old.publicKey)
    #expect(late.status != 0, "\(late.output)")
    #expect(try dnf(client, ["install", "iota"], keys: keys).status == 0)
    #expect(try dnf(client, ["reinstall", "kappa"], keys: keys).status == 0)

    // While one is left by the old key, it cannot go.
    try trust([new])
    let soon = try installation.run(["compose", "7.07.201908"] + rpms)
    #expect(soon.status == 2 && soon.errors.contains("kappa"), "\(soon.errors)")

    // The next release has everything by the new key.
    try trust([old, new])
    try build("kappa", "1.1", by: new)
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    try installation.succeed(["publish", "7.07.201908"])
    // The old key goes: the verdict was about both.
    try trust([new])
    let stale = try installation.run(["promote", "7.07.201908", "--skip-soak"])
    #expect(stale.status == 2 && stale.errors.contains("keys changed"), "\(stale.errors)")
    try installation.succeed(["check", "7.07.201908"])
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    #expect(try dnf(client, ["upgrade"], keys: keys).status == 0)
    #expect(try client.installed() == ["iota-1.0-1", "kappa-1.1-1"])
    // A client that was never given the old one has all it needs.
    let fresh = try DnfClient()
    #expect(try dnf(fresh, ["install", "iota", "kappa"], keys: keys).status == 0)
    #expect(try fresh.installed() == ["iota-1.0-1", "kappa-1.1-1"])

    // What somebody still signs by the old key is refused.
    try build("lambda", "1.0", by: old)
    let after = try installation.run(["update", "7"] + rpms)
    #expect(after.status == 2 && after.errors.contains("lambda"), "\(after.errors)")
  }

  @Test func `a key that ends soon is warned of, and one that ended stops a promotion`() throws {
    let home = try KeyHome()
    let print = try home.make("short", "rsa2048", expires: "30d")
    let file = try home.export(["short"], to: "short.asc")
    try FileManager.default.copyItem(atPath: file, toPath: keys)
    let policy = "\(installation.policies)/epel-7.yaml"
    let check = try installation.run(["policy", "check", policy])
    #expect(check.status == 0)
    #expect(check.output.contains("expires on"), "\(check.output)\(check.errors)")
    #expect(check.output.contains(String(print.suffix(16))))
    #expect(try installation.succeed(["status", "7"]).contains("expires on"))
    // Renewed: nobody is warned.
    try home.gpg(["--quick-set-expire", print, "2y"])
    try Data(contentsOf: URL(fileURLWithPath: home.export(["short"], to: "short.asc")))
      .write(to: URL(fileURLWithPath: keys))
    #expect(try !installation.succeed(["policy", "check", policy]).contains("expires on"))
    #expect(try !installation.succeed(["status", "7"]).contains("expires on"))
    // Revoked: told at once.
    try home.revoke(print)
    try Data(contentsOf: URL(fileURLWithPath: home.export(["short"], to: "short.asc")))
      .write(to: URL(fileURLWithPath: keys))
    #expect(try installation.succeed(["status", "7"]).contains("was revoked on"))
    // Damaged: an error that names file and block.
    try Data("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n".utf8)
      .write(to: URL(fileURLWithPath: keys))
    let damaged = try installation.run(["policy", "check", policy])
    #expect(damaged.status == 65 && damaged.output.contains("block 1 of public keys"))
    try Data([0x99, 0x00, 0x03, 0x09, 0x09, 0x09]).write(to: URL(fileURLWithPath: keys))
    let unreadable = try installation.run(["policy", "check", policy])
    #expect(unreadable.status == 65 && unreadable.output.contains("no OpenPGP public key"))
  }
}
