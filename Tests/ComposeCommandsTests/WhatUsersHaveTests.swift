import ComposeTestSupport
import Foundation
import Testing

/// Gates look at what users get, or got: after rollbacks, and RPM by RPM.
@Suite(.waiting) struct WhatUsersHaveTests {
  private static func add(_ specs: RPMSpec..., to installation: Installation) throws {
    for spec in specs { try spec.build(into: installation.pool) }
  }

  private static func drop(_ prefix: String, from installation: Installation) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: installation.pool)
    where name.hasPrefix(prefix) {
      try FileManager.default.removeItem(atPath: "\(installation.pool)/\(name)")
    }
  }

  private static func update(_ installation: Installation) throws -> String {
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
  }

  /// The release that was rolled back is there still, or was abandoned.
  @Test(arguments: [false, true])
  func `who upgraded before a rollback is not left behind`(_ isAbandoned: Bool) throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    try Self.add(RPMSpec("upsilon"), RPMSpec("chi"), to: installation)
    try installation.release("7.06.201903")
    try Self.add(RPMSpec("upsilon", "2.0"), to: installation)
    try installation.release("7.07.201908")
    try installation.succeed(["rollback", "7"])
    if isAbandoned { try installation.succeed(["abandon", "7.07.201908"]) }
    try Self.drop("upsilon-2.0", from: installation)
    try Self.add(RPMSpec("upsilon", "1.5"), to: installation)
    let plan = try installation.succeed([
      "plan", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(plan.contains("upsilon-1.5-1 is older than upsilon-2.0-1"))
    let composed = try installation.run([
      "compose", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned",
    ])
    #expect(composed.status == 2)
    #expect(
      composed.output.contains(
        "upsilon-1.5-1.noarch is older than 2.0-1, which users of 7.07.201908 got before it was "
          + "rolled back"))
    try installation.succeed(["abandon", "7.08.202004"])
    try Self.add(RPMSpec("upsilon", "2.1"), to: installation)
    try installation.succeed([
      "compose", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned",
    ])
  }

  @Test func `a verdict from before a promotion and its rollback does not hold`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    try Self.add(RPMSpec("upsilon"), to: installation)
    try installation.release("7.06.201903")
    for id in ["7.07.201908", "7.08.202004"] {
      try installation.succeed(["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
      try installation.succeed(["publish", id])
    }
    try installation.succeed(["promote", "7.07.201908", "--skip-soak"])
    try installation.succeed(["rollback", "7"])
    let refused = try installation.run(["promote", "7.08.202004", "--skip-soak"])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("users got 7.07.201908 after its checks ran"))
    try installation.succeed(["check", "7.08.202004"])
    try installation.succeed(["promote", "7.08.202004", "--skip-soak"])
  }

  /// The RPMs that x86_64 users of 7.06.201903 are offered.
  private static func offered(_ installation: Installation) throws -> Set<String> {
    let repository = "\(installation.root)/pub/epel/updates/7.06.201903/Everything/x86_64"
    let text = try Shell.check(
      "dnf",
      [
        "-q", "--setopt=reposdir=/dev/null", "--setopt=cachedir=\(installation.root)/dnf.\(UUID())",
        "--repofrompath=t,file://\(repository)", "--repo=t", "--releasever=7",
        "--forcearch=x86_64", "repoquery", "--qf", "%{name}-%{version}",
      ])
    return Set(text.split(separator: "\n").map(String.init))
  }

  @Test(.enabled(if: Shell.has("dnf"), "needs dnf"), arguments: [false, true])
  func `retention keeps the newest of an RPM that nothing replaces`(
    _ isObsoleted: Bool
  ) throws {
    let scratch = try TemporaryDirectory.inMemory()
    let installation = try Installation(small: scratch)
    let file = "\(installation.policies)/epel-7.yaml"
    let policy = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("    begins: release\n", with: "    begins: release\n    keeps: 1 version\n")
    try Data(policy.utf8).write(to: URL(filePath: file))
    let libs = [RPMSpec.Subpackage("libs", files: ["/usr/share/chi/libs": "1"])]
    try Self.add(
      RPMSpec("chi", "1.0", subpackages: libs), RPMSpec("psi"), to: installation)
    try installation.release("7.06.201903")
    try Self.add(RPMSpec("chi", "2.0", subpackages: libs), to: installation)
    _ = try Self.update(installation)
    #expect(try Self.offered(installation) == ["chi-2.0", "chi-libs-2.0", "psi-1.0"])
    try Self.add(
      RPMSpec("chi", "3.0", tags: isObsoleted ? ["Obsoletes: chi-libs < 3"] : []),
      RPMSpec("psi", "2.0"),
      to: installation)
    let told = try Self.update(installation)
    if isObsoleted {
      #expect(try Self.offered(installation) == ["chi-3.0", "psi-2.0"])
      #expect(!told.contains("stays listed"))
    } else {
      #expect(try Self.offered(installation) == ["chi-3.0", "chi-2.0", "chi-libs-2.0", "psi-2.0"])
      #expect(told.contains("chi-2.0-1 stays listed: nothing replaces chi-libs"))
      // One that has it again replaces it.
      try Self.add(RPMSpec("chi", "4.0", subpackages: libs), to: installation)
      _ = try Self.update(installation)
      #expect(try Self.offered(installation) == ["chi-4.0", "chi-libs-4.0", "psi-2.0"])
    }
  }

  /// `status` asks nobody of a directory that it does not know, and tells what the
  /// last update saw.
  @Test func `what left the directory is told by update and status`() throws {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    try Self.add(RPMSpec("upsilon"), RPMSpec("chi"), to: installation)
    try installation.release("7.06.201903")
    try Self.drop("upsilon-", from: installation)
    let words = "upsilon-1.0-1, which users have, is not live any more"
    #expect(try !installation.succeed(["status", "7"]).contains(words))
    #expect(try installation.succeed(["status", "7", "--rpms", installation.pool]).contains(words))
    #expect(try Self.update(installation).contains(words))
    #expect(try installation.succeed(["status", "7"]).contains(words))
    let json = try installation.succeed(["status", "7", "--format", "json"])
    #expect(json.contains("\"left\""))
    try Self.add(RPMSpec("upsilon"), to: installation)
    #expect(try !Self.update(installation).contains(words))
    #expect(try !installation.succeed(["status", "7"]).contains(words))
    #expect(try installation.run(["status", "--rpms", installation.pool]).status == 64)
  }
}
