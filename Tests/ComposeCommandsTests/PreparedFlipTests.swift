import ComposeTestSupport
import Foundation
import Testing

/// rsync makes links before it puts the files of the same run in place. So a flip that was
/// prepared changes links alone: what else it needs was on mirrors before.
@Suite(.waiting) struct PreparedFlipTests {
  private let installation: Installation

  /// One release is current; a second one is published, and then the first gets a push.
  init() throws {
    installation = try Installation(
      small: .inMemory(), gate: "checks: {rehearsal: off, upgrade-path: warn}\n")
    let file = "\(installation.policies)/epel-7.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing(/soak: .*/, with: "soak: 0 seconds")
    try
      (text + "\nmirrors:\n  modules: [{name: epel, path: /pub/epel}, "
      + "{name: archives, path: /pub/archives}]\n")
      .write(toFile: file, atomically: true, encoding: .utf8)
    for spec in [RPMSpec("alpha"), RPMSpec("gamma")] { try spec.build(into: installation.pool) }
    try installation.release("7.06.201903")
    try installation.succeed(["compose", "7.07.201908"] + rpms)
    try installation.succeed(["publish", "7.07.201908"])
    try push("gamma", "2.0")
  }

  private var rpms: [String] { ["--rpms", installation.pool, "--allow-unsigned"] }

  private func push(_ name: String, _ version: String) throws {
    try RPMSpec(name, version).build(into: installation.pool)
    try installation.succeed(["update", "7"] + rpms)
  }

  /// A push asks for checks anew.
  private func promote(_ release: String, _ options: String...) throws {
    try installation.succeed(["check", release])
    try installation.succeed(["promote", release] + options)
  }

  /// Moves links, and returns what of the file list changed besides them: its rows of files.
  private func filesChanged(by flip: () throws -> Void) throws -> [Substring] {
    let before = try files()
    try flip()
    return try files().symmetricDifference(before).sorted()
  }

  private func files() throws -> Set<Substring> {
    let path = "\(installation.root)/pub/epel/fullfiletimelist-epel"
    return Set(
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter {
        $0.contains("\tf\t") && !$0.hasSuffix("MANIFEST.sha256")
      })
  }

  @Test func `promote moves links alone`() throws {
    try installation.succeed(["check", "7.07.201908"])
    let early = try installation.run(["promote", "7.07.201908", "--dry-run"])
    #expect(early.status == 2)
    #expect(early.errors.contains("mirrors prepare 7.07.201908"), "\(early.errors)")
    try installation.succeed(["mirrors", "prepare", "7.07.201908"])
    #expect(try filesChanged { try promote("7.07.201908") } == [])
  }

  @Test func `without preparation it moves more`() throws {
    let changed = try filesChanged { try promote("7.07.201908", "--skip-soak") }
    #expect(changed.contains { $0.contains("/gamma-2.0-1.") }, "\(changed)")
    #expect(changed.contains { $0.hasSuffix("repodata/repomd.xml") }, "\(changed)")
  }

  @Test func `rollback moves links alone, and so does the way forward`() throws {
    try installation.succeed(["mirrors", "prepare", "7.07.201908"])
    try promote("7.07.201908")
    try push("alpha", "3.0")
    try installation.succeed(["mirrors", "prepare", "7.06.201903"])
    #expect(try filesChanged { _ = try installation.succeed(["rollback", "7"]) } == [])
    try installation.succeed(["mirrors", "prepare", "7.07.201908"])
    #expect(try filesChanged { try promote("7.07.201908") } == [])
  }

  @Test func `a rollback that cannot wait is never refused`() throws {
    try promote("7.07.201908", "--skip-soak")
    try push("alpha", "3.0")
    #expect(try filesChanged { _ = try installation.succeed(["rollback", "7"]) } != [])
  }

  @Test func `a superseded release stays superseded, and one that is prepared needs nothing`()
    throws
  {
    try promote("7.07.201908", "--skip-soak")
    try installation.succeed(["mirrors", "prepare", "7.06.201903"])
    #expect(try state(of: "7.06.201903") == "superseded")
    let again = try installation.succeed(["mirrors", "prepare", "7.06.201903"])
    #expect(again.contains("mirrors lack nothing"), "\(again)")
    let current = try installation.run(["mirrors", "prepare", "7.07.201908"])
    #expect(current.status == 2, "\(current.output)")
    #expect(current.errors.contains("no link can move to it"), "\(current.errors)")
  }

  @Test func `publish renews what a push since the compose has made older`() throws {
    try installation.succeed(["mirrors", "prepare", "7.07.201908"])
    try promote("7.07.201908")
    try installation.succeed(["compose", "7.08.202003"] + rpms)
    try push("alpha", "3.0")
    try installation.succeed(["publish", "7.08.202003"])
    #expect(try filesChanged { try promote("7.08.202003") } == [])
  }

  private func state(of release: String) throws -> String? {
    let status = try installation.json(["status", "7"])
    let stream = (status["streams"] as? [[String: Any]])?.first
    let releases = stream?["releases"] as? [[String: Any]]
    return releases?.first { $0["release"] as? String == release }?["state"] as? String
  }
}
