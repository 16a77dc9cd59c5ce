import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Real clients that demand signed metadata, and what a mirror may do to it.
@Suite(
  .waiting, .enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"))
struct SignedClientTests {
  /// What is done to one repodata, and what dnf and zypper say of it; nil where they take it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let isTaken: Bool
  }

  static let cases = [
    Case(testDescription: "as it was made", script: "true", isTaken: true),
    Case(testDescription: "stripped", script: "rm repomd.xml.asc", isTaken: false),
    Case(
      testDescription: "signed by another key, with that key",
      script: "@SIGN < repomd.xml > repomd.xml.asc; cp @KEY repomd.xml.key", isTaken: false),
    Case(
      testDescription: "changed", script: "echo '<!-- -->' >> repomd.xml", isTaken: false),
  ]

  @Test(arguments: cases)
  func `clients take what was made, and nothing else`(item: Case) throws {
    let (key, other) = (try SigningKey(named: "Metadata"), try SigningKey(named: "Other"))
    let installation = try Installation(small: .inMemory(), metadata: .gpg(key))
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    // A mirror of its own: clients put attributes on local files.
    let mirror = installation.scratch.path("mirror")
    try Shell.check(
      "cp", ["-rL", "\(installation.root)/pub/epel/releases/7/Everything/x86_64", mirror])
    let script = item.script.replacing("@SIGN", with: SignedMetadata.command(other))
      .replacing("@KEY", with: other.publicKey)
    try Shell.check("/bin/sh", ["-c", "cd \(mirror)/repodata && \(script)"])
    let dnf = try DnfClient().run(
      ["repoquery", "--qf", "%{name}"], repositories: ["epel": "file://\(mirror)"],
      options: [
        "--setopt=skip_if_unavailable=0", "--setopt=epel.repo_gpgcheck=1",
        "--setopt=epel.gpgkey=file://\(key.publicKey)",
      ])
    #expect((dnf.status == 0) == item.isTaken, "dnf: \(dnf.errors)")
    #expect(dnf.output.contains("alpha") == item.isTaken, "dnf: \(dnf.output)")
    guard Shell.has("zypper"), Shell.has("rpm") else { return }
    let root = try TemporaryDirectory()
    try Shell.check("rpm", ["--root", root.path, "--initdb"])
    try Shell.check("rpm", ["--root", root.path, "--import", key.publicKey])
    let zypper = ["--root", root.path, "--non-interactive", "--quiet"]
    try Shell.check(
      "zypper", zypper + ["addrepo", "--gpgcheck-strict", "file://\(mirror)", "epel"])
    let refresh = try Shell.run("zypper", zypper + ["refresh", "epel"])
    #expect((refresh.status == 0) == item.isTaken, "zypper: \(refresh.output)\(refresh.errors)")
  }

  @Test func `the rehearsal loads signed repositories as clients do`() throws {
    let key = try SigningKey(named: "Metadata")
    let installation = try Installation(
      small: .inMemory(), gate: "rehearsal: {install: [alpha]}", metadata: .gpg(key))
    try RPMSpec("alpha").build(into: installation.pool)
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try installation.succeed(["compose", "7.06.201903"] + rpms)
    try installation.succeed(["check", "7.06.201903", "--only", "rehearsal"])
    // A signature by nobody's key: clients see it, too.
    let place = "\(installation.root)/pub/alt/epel/updates/7.06.201903/Everything/x86_64/repodata"
    let other = try SigningKey(named: "Other")
    try Shell.check(
      "/bin/sh",
      [
        "-c",
        "cd \(place) && \(SignedMetadata.command(other)) < repomd.xml > x && mv x repomd.xml.asc",
      ])
    let outcome = try installation.run(["check", "7.06.201903", "--dry-run"])
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("the signature of repomd.xml does not count"))
    #expect(outcome.output.contains("GPG signature verification error"), "\(outcome.output)")
  }
}
