import ComposeTestSupport
import Foundation
import Testing

/// What users have goes by a decision alone, from the plan to the links.
@Suite(.waiting) struct VanishTests {
  private func run(
    _ installation: Installation, _ command: String, _ id: String
  ) throws -> Shell.Outcome {
    try installation.run([command, id, "--rpms", installation.pool, "--allow-unsigned"])
  }

  @Test func `a lost subpackage is refused until something obsoletes it`() throws {
    let installation = try Installation(small: .inMemory())
    let whole = RPMSpec(
      "iota", subpackages: [.init("extras", files: ["/usr/share/iota-extras/x": "x"])])
    try whole.build(into: installation.pool)
    try installation.release("7.06.201903")
    try FileManager.default.removeItem(atPath: "\(installation.pool)/iota-extras-1.0-1.noarch.rpm")
    for name in ["iota-1.0-1.noarch.rpm", "iota-1.0-1.src.rpm"] {
      try FileManager.default.removeItem(atPath: "\(installation.pool)/\(name)")
    }
    try RPMSpec("iota", "1.1").build(into: installation.pool)
    let before = try installation.snapshot()
    let refused = try run(installation, "compose", "7.07.201908")
    #expect(refused.status == 2, "\(refused.output)")
    #expect(refused.errors.contains("iota-extras-1.0-1.noarch"), "\(refused.errors)")
    #expect(try installation.snapshot() == before)
    // Up to an older version it replaces nothing.
    try RPMSpec("iota", "1.2", tags: ["Obsoletes: iota-extras < 0.9"]).build(
      into: installation.pool)
    #expect(try run(installation, "compose", "7.07.201908").status == 2)
    try RPMSpec("iota", "1.3", tags: ["Obsoletes: iota-extras < 1.1"]).build(
      into: installation.pool)
    let composed = try run(installation, "compose", "7.07.201908")
    #expect(composed.status == 0, "\(composed.errors)")
    #expect(!composed.output.contains("iota-extras"))
  }

  @Test func `what was pushed after the compose stops the promotion`() throws {
    let installation = try Installation(small: .inMemory())
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    #expect(try run(installation, "compose", "7.07.201908").status == 0)
    try installation.succeed(["publish", "7.07.201908"])
    try RPMSpec("kappa").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    let stale = try installation.run(["promote", "7.07.201908", "--skip-soak"])
    #expect(stale.status == 2 && stale.errors.contains("pushed to"), "\(stale.errors)")
    let checked = try installation.run(["check", "7.07.201908", "--only", "vanish"])
    #expect(checked.status == 2 && checked.output.contains("1 of 2 source packages"))
    #expect(try installation.run(["check", "7.07.201908"]).status == 2)
    let refused = try installation.run(["promote", "7.07.201908", "--skip-soak"])
    #expect(refused.status == 2 && refused.errors.contains("vanish"), "\(refused.errors)")
  }

  @Test func `a withdrawal is a decision`() throws {
    let installation = try Installation(small: .inMemory())
    for spec in [RPMSpec("alpha"), RPMSpec("kappa")] { try spec.build(into: installation.pool) }
    try installation.release("7.06.201903")
    try installation.release("7.07.201908")
    try installation.succeed(
      ["update", "7", "--withdraw", "kappa-1.0-1", "--reason", "it deletes files"])
    let checked = try installation.run(["check", "7.07.201908", "--only", "vanish"])
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  @Test func `users of an architecture that goes have its repository for the grace time`() throws {
    let scratch = try TemporaryDirectory.inMemory()
    let installation = try Installation(small: scratch)
    func edit(_ old: String, _ new: String) throws {
      try replace(old, with: new, inPolicyOf: installation)
    }
    try edit("arches: [x86_64]", "arches: [s390x, x86_64]")
    try edit("grace: 0 days", "grace: 1 day")
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    // Taken out without a word.
    try edit("arches: [s390x, x86_64]", "arches: [x86_64]")
    let silent = try run(installation, "compose", "7.07.201908")
    #expect(silent.status == 2 && silent.errors.contains("s390x"), "\(silent.errors)")
    try edit("arches: [x86_64]", "arches: [x86_64]\ndroppedArches: {s390x: \"7.7\"}")
    // The release before still has it.
    let link = "\(installation.root)/pub/epel/updates/7/Everything/s390x"
    try RPMSpec("alpha", "1.1").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    let had = try packages(link)
    #expect(had.keys.sorted() == ["alpha-1.0-1.noarch.rpm", "alpha-1.1-1.noarch.rpm"])
    try installation.release("7.07.201908")
    #expect(try packages(link) == had, "the last repository, served whole")
    #expect(
      !FileManager.default.fileExists(
        atPath: "\(installation.root)/pub/epel/releases/7.07.201908/Everything/s390x"))
    #expect(try installation.run(["check", "7.07.201908"]).status == 0)
    try RPMSpec("alpha", "1.2").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    #expect(try packages(link) == had, "no push reaches it any more")
    try installation.succeed(["verify", "7.07.201908"])
    // A ledger that is made anew from the disk knows what is only kept, too.
    try FileManager.default.removeItem(atPath: "\(installation.root)/var/lib/epel-compose")
    try installation.succeed(["status", "7", "--from-disk"])
    try RPMSpec("alpha", "1.3").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    #expect(try packages(link) == had)
    // The next release has nothing to say of it.
    #expect(try run(installation, "plan", "7.08.202004").output.contains("s390x goes") == false)
    try edit("grace: 1 day", "grace: 0 days")
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    #expect(!FileManager.default.fileExists(atPath: link), "no empty directories, either")
    try installation.succeed(["verify", "7.07.201908"])
  }

  @Test func `the last repositories are as users had them, each time that links lead there`()
    throws
  {
    let installation = try Installation(small: .inMemory())
    func edit(_ old: String, _ new: String) throws {
      try replace(old, with: new, inPolicyOf: installation)
    }
    try edit("arches: [x86_64]", "arches: [s390x, x86_64]")
    try edit("grace: 0 days", "grace: 1 day")
    try RPMSpec("alpha").build(into: installation.pool)
    try installation.release("7.06.201903")
    try edit("arches: [s390x, x86_64]", "arches: [x86_64]\ndroppedArches: {s390x: \"7.7\"}")
    try installation.release("7.07.201908")
    try installation.succeed(["rollback", "7"])
    try RPMSpec("beta").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    let link = "\(installation.root)/pub/epel/updates/7/Everything/s390x"
    let had = try packages(link)
    #expect(had.keys.contains("beta-1.0-1.noarch.rpm"))
    func index() throws -> String {
      try String(contentsOfFile: "\(link)/repodata/repomd.xml", encoding: .utf8)
    }
    let before = try index()
    try installation.succeed([
      "promote", "7.07.201908", "--skip-soak", "--override-checks",
      "beta comes with the next push",
    ])
    #expect(try index() == before)
    for name in had.keys {
      #expect(
        FileManager.default.fileExists(atPath: "\(link)/Packages/\(name.prefix(1))/\(name)"))
    }
    try installation.succeed(["verify", "7.07.201908"])
  }

  private func replace(
    _ old: String, with new: String, inPolicyOf installation: Installation
  ) throws {
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: URL(fileURLWithPath: file))
  }

  /// RPMs that a repository lists and has, with their checksums.
  private func packages(_ repository: String) throws -> [String: String] {
    let primary = try Shell.check(
      "sh", ["-c", "zcat '\(repository)'/repodata/*-primary.xml.gz 2>/dev/null | cat"])
    let repomd = try String(
      contentsOfFile: "\(repository)/repodata/repomd.xml", encoding: .utf8)
    #expect(repomd.contains("<revision>"))
    var found: [String: String] = [:]
    for match in primary.matches(of: /location href="([^"]+)"/) {
      let path = "\(repository)/\(match.1)"
      found[(String(match.1) as NSString).lastPathComponent] =
        try Shell.check("sha256sum", [path]).split(separator: " ").first.map(String.init)
    }
    return found
  }
}
