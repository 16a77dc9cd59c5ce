import ComposeTestSupport
import Foundation
import Testing

/// `site build`, from RPMs through the ledger to pages.
@Suite(.waiting) struct SiteTests {
  private func build(
    _ rehearsal: Rehearsal, _ site: String, _ more: [String] = []
  ) throws -> [String: Any] {
    let text = try rehearsal.succeed(["site", "build", site, "--format", "json"] + more)
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `every state has its page`() throws {
    let rehearsal = try PackagersDeskTests.scene()
    let site = rehearsal.scratch.path("site")
    let next = [
      "--next", "7.08.202004", "--rpms", rehearsal.pool, "--allow-unsigned",
    ]
    let first = try build(rehearsal, site, next)
    #expect(first["written"] as? Int == first["files"] as? Int)
    for file in ["packages.json", "next.json", "package/iota.html", "package/delta.html"] {
      try Golden.expect(
        rehearsal.normalized(read("\(site)/epel-7/\(file)")),
        matches: "site-" + file.replacing("/", with: "-"))
    }
    for (package, words) in [
      "alpha": "state live", "beta": "state retiring", "gamma": "state returned",
      "delta": "state retired", "iota": "state early",
    ] {
      let page = try read("\(site)/epel-7/package/\(package).html")
      #expect(page.contains("class=\"\(words)\""), "\(package)")
      #expect(!page.contains(rehearsal.root), "where a rehearsal is says nothing to readers")
    }
    #expect(try read("\(site)/epel-7/retirements.atom").contains("delta"))
    guard Shell.has("chromium"), Shell.has("tidy") else { return }
    let checker = Fixtures.checkout + "/Tests/Browser/check-site"
    let outcome = try Shell.run(checker, [site])
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test func `only what has changed is written, and only ours is removed`() throws {
    let rehearsal = try Rehearsal.withoutClients()
    for name in ["alpha", "beta"] { try RPMSpec(name).build(into: rehearsal.pool) }
    try rehearsal.release("7.06.201903")
    let site = rehearsal.scratch.path("site")
    let dry = try build(rehearsal, site, ["--dry-run"])
    #expect((dry["written"] as? Int ?? 0) > 10)
    #expect(!FileManager.default.fileExists(atPath: site))
    _ = try build(rehearsal, site)
    let again = try build(rehearsal, site)
    #expect(again["written"] as? Int == 0)
    try rehearsal.scratch.write("mine", to: "site/notes.txt")
    try rehearsal.scratch.write("damaged", to: "site/epel-7/package/beta.html")
    // Nobody has it any more.
    try rehearsal.scratch.write("old", to: "site/epel-7/package/gone.html")
    let list = "\(site)/.epel-compose-site"
    try rehearsal.scratch.write(
      read(list) + "epel-7/package/gone.html\n", to: "site/.epel-compose-site")
    let mended = try build(rehearsal, site)
    #expect(mended["written"] as? Int == 1)
    #expect(mended["removed"] as? Int == 1)
    #expect(try read("\(site)/notes.txt") == "mine")
    #expect(!FileManager.default.fileExists(atPath: "\(site)/epel-7/package/gone.html"))
    // The same ledger makes the same bytes, wherever they are.
    let other = rehearsal.scratch.path("other")
    _ = try build(rehearsal, other)
    try Shell.check("diff", ["-r", "--exclude=notes.txt", site, other])
  }

  @Test func `a directory of others is left alone`() throws {
    let rehearsal = try Rehearsal.withoutClients()
    try RPMSpec("alpha").build(into: rehearsal.pool)
    let site = rehearsal.scratch.path("site")
    let early = try rehearsal.run(["site", "build", site])
    #expect(early.status == 66)
    #expect(early.errors.contains("no stream of these policies has been worked on"))
    try rehearsal.release("7.06.201903")
    try rehearsal.scratch.write("mine", to: "site/index.html")
    let outcome = try rehearsal.run(["site", "build", site])
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("it has other files in it"))
    #expect(try read("\(site)/index.html") == "mine")
    // A list that names what is outside is not believed.
    try rehearsal.scratch.write("../elsewhere\n", to: "site/.epel-compose-site")
    try rehearsal.scratch.write("mine", to: "elsewhere")
    #expect(try rehearsal.run(["site", "build", site]).status != 0)
    #expect(try read(rehearsal.scratch.path("elsewhere")) == "mine")
  }
}
