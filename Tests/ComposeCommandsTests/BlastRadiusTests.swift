import ComposeTestSupport
import Foundation
import Testing

/// What a retirement breaks, told beforehand: to the release engineer in the
/// plan, to the screen that a packager reads.
@Suite(.waiting) struct BlastRadiusTests {
  private let installation: Installation

  init() throws {
    installation = try Installation(small: .inMemory())
    for spec in [
      RPMSpec("gamma", subpackages: [.init("libs")]),
      RPMSpec("iota", tags: ["Requires: gamma-libs"]),
      RPMSpec("kappa", tags: ["Requires: iota"]), RPMSpec("lambda"),
      RPMSpec("mu", tags: ["Requires: (gamma or lambda)"]),
    ] { try spec.build(into: installation.pool) }
  }

  private func screen(_ name: String, _ arguments: [String], status: Int32 = 0) throws {
    let outcome = try installation.run(arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    try Golden.expect(
      installation.normalized(outcome.output + (status == 0 ? "" : outcome.errors)), matches: name)
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try installation.run(arguments + ["--format", "json"])
    return try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func `a packager who is only thinking about it`() throws {
    try installation.release("7.06.201903")
    try screen("blast-what-if.txt", ["retirement", "7", "--what-if", "gamma"])
    try screen("blast-what-if-both.txt", ["retirement", "7", "--what-if", "gamma", "lambda"])
    try screen("blast-what-if-none.txt", ["retirement", "7", "--what-if", "kappa"])
    try screen("blast-package.txt", ["retirement", "7", "gamma", "kappa"])
    try screen("blast-unknown.txt", ["retirement", "7", "--what-if", "nobody"], status: 66)
    let answer = try json(["retirement", "7", "--what-if", "gamma", "lambda"])
    let question = try #require(answer["whatIf"] as? [String: Any])
    #expect(question["packages"] as? [String] == ["gamma", "lambda"])
    #expect(question["breaks"] as? [String] == ["iota", "kappa", "mu"])
  }

  @Test func `before the first release the directory answers`() throws {
    let answer = try json(["retirement", "7", "gamma", "--rpms", installation.pool])
    let package = try #require((answer["packages"] as? [[String: Any]])?.first)
    #expect(package["breaks"] as? [String] == ["iota", "kappa"])
  }

  @Test func `the plan names all that a marker breaks, and compose keeps it`() throws {
    try RPMSpec("gamma", "1.1", subpackages: [.init("libs")]).retired("Upstream is gone.\n")
      .build(into: installation.pool)
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    let plan = try json(["plan", "7.06.201903"] + rpms)
    let retired = try #require((plan["retired"] as? [[String: Any]])?.first)
    #expect(retired["breaks"] as? [String] == ["iota", "kappa"])
    let breakage = try #require(retired["breakage"] as? [[String: Any]])
    #expect(
      breakage.first?["explanations"] as? [String] == [
        "iota-1.0-1 needs gamma-libs, which only gamma-libs-1.1-1 provided; gamma is retired: "
          + "Upstream is gone"
      ])
    #expect(breakage.first?["owner"] is NSNull)
    try screen("blast-plan.txt", ["plan", "7.06.201903"] + rpms)
    // No release ever carried gamma: only the ledger remembers it by then.
    #expect(try installation.run(["compose", "7.06.201903"] + rpms).status == 2)
    let check = try installation.run(["check", "7.06.201903", "--only", "closure"])
    #expect(check.output.contains("gamma is retired: Upstream is gone"), "\(check.output)")
  }

  @Test func `base repositories by path and by URL`() throws {
    let base = installation.scratch.path("base")
    // What it needs of a file outside primary metadata, the base has as well.
    try RPMSpec("glibc", tags: ["Requires: /usr/share/common/data.txt"])
      .build(into: base, sources: false)
    try RPMSpec("common").build(into: base, sources: false)
    try Shell.check("createrepo_c", ["--quiet", base])
    try RPMSpec("pi", tags: ["Requires: glibc", "Requires: /usr/share/glibc/data.txt"])
      .build(into: installation.pool)
    let server = try LoopbackServer(serving: base)
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let compose =
      ["compose", "7.06.201903", "--rpms", installation.pool, "--allow-unsigned", "--dry-run"]
    func with(_ base: String) throws -> Shell.Outcome {
      try "\(text)\nbase:\n  - \(base)\n".write(toFile: file, atomically: true, encoding: .utf8)
      return try installation.run(compose)
    }
    for place in ["{id: rhel, path: ../base}", "{id: rhel, url: \"\(server.url)\"}"] {
      let outcome = try with(place)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!outcome.output.contains("nothing provides"), "\(outcome.output)")
    }
    let missing = try with("{id: rhel, path: ../nowhere}")
    #expect(missing.status == 66)
    #expect(missing.errors.contains("'rhel' is not there"), "\(missing.errors)")
    let absent = try with("{id: rhel, url: \"\(server.url)/nowhere\"}")
    #expect(absent.status == 66, "\(absent.errors)")
    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: "\(base)/repodata/repomd.xml"))
    #expect(try with("{id: rhel, path: ../base}").status == 65)
  }
}
