import ComposeTestSupport
import Foundation
import Testing

/// `site build`, from RPMs through the ledger to pages.
@Suite(.waiting) struct SiteTests {
  private func build(
    _ installation: Installation, _ site: String, _ more: [String] = []
  ) throws -> [String: Any] {
    let text = try installation.succeed(["site", "build", site, "--format", "json"] + more)
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// The JSON of one line `text` in many, as a person compares it.
  private static func indented(_ text: String) throws -> String {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let data = try JSONSerialization.data(
      withJSONObject: value, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  @Test func `every state has its page`() throws {
    let installation = try RetirementCommandTests.scene()
    let site = installation.scratch.path("site")
    let next = [
      "--next", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned",
    ]
    let first = try build(installation, site, next)
    #expect(first["written"] as? Int == first["files"] as? Int)
    for file in ["packages.json", "next.json", "package/iota.html", "package/delta.html"] {
      var text = try read("\(site)/epel-7/\(file)")
      if file == "packages.json" { text = try Self.indented(text) }
      try Golden.expect(
        installation.normalized(text), matches: "site-" + file.replacing("/", with: "-"))
    }
    for (package, words) in [
      "alpha": "state live", "beta": "state retiring", "gamma": "state returned",
      "delta": "state retired", "iota": "state early",
    ] {
      let page = try read("\(site)/epel-7/package/\(package).html")
      #expect(page.contains("class=\"\(words)\""), "\(package)")
      #expect(!page.contains(installation.root), "where a installation is says nothing to readers")
    }
    #expect(try read("\(site)/epel-7/retirements.atom").contains("delta"))
    // The current release lists two versions of iota; of gamma, only the one that came back.
    #expect(try read("\(site)/epel-7/package/iota.html").contains("yum downgrade iota"))
    let gamma = try read("\(site)/epel-7/package/gamma.html")
    #expect(gamma.contains("yum install gamma") && !gamma.contains("downgrade"))
    // Both were composed a moment ago, whatever months they are named by.
    let stream = try JSONSerialization.jsonObject(
      with: Data(read("\(site)/epel-7/stream.json").utf8))
    let releases = try #require((stream as? [String: Any])?["releases"] as? [[String: Any]])
    for release in releases {
      let since = try #require(release["since"] as? String)
      #expect(release["cut"] as? String == String(since.prefix(10)))
    }
    #expect(releases.count == 2)
    guard Shell.has("chromium"), Shell.has("tidy") else { return }
    let checker = Fixtures.checkout + "/Tests/Browser/check-site"
    let outcome = try Shell.run(checker, [site])
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test func `only what has changed is written, and only ours is removed`() throws {
    let installation = try Installation.withoutClients()
    for name in ["alpha", "beta"] { try RPMSpec(name).build(into: installation.pool) }
    try installation.release("7.06.201903")
    let site = installation.scratch.path("site")
    let dry = try build(installation, site, ["--dry-run"])
    #expect((dry["written"] as? Int ?? 0) > 10)
    #expect(!FileManager.default.fileExists(atPath: site))
    _ = try build(installation, site)
    let again = try build(installation, site)
    #expect(again["written"] as? Int == 0)
    try installation.scratch.write("mine", to: "site/notes.txt")
    try installation.scratch.write("damaged", to: "site/epel-7/package/beta.html")
    // Nobody has it any more.
    try installation.scratch.write("old", to: "site/epel-7/package/gone.html")
    let list = "\(site)/.epel-compose-site"
    try installation.scratch.write(
      read(list) + "epel-7/package/gone.html\n", to: "site/.epel-compose-site")
    let mended = try build(installation, site)
    #expect(mended["written"] as? Int == 1)
    #expect(mended["removed"] as? Int == 1)
    #expect(try read("\(site)/notes.txt") == "mine")
    #expect(!FileManager.default.fileExists(atPath: "\(site)/epel-7/package/gone.html"))
    // The same ledger makes the same bytes, wherever they are.
    let other = installation.scratch.path("other")
    _ = try build(installation, other)
    try Shell.check("diff", ["-r", "--exclude=notes.txt", site, other])
  }

  @Test func `a directory of others is left alone`() throws {
    let installation = try Installation.withoutClients()
    try RPMSpec("alpha").build(into: installation.pool)
    let site = installation.scratch.path("site")
    let early = try installation.run(["site", "build", site])
    #expect(early.status == 66)
    #expect(early.errors.contains("no stream of these policies has been worked on"))
    try installation.release("7.06.201903")
    try installation.scratch.write("mine", to: "site/index.html")
    let outcome = try installation.run(["site", "build", site])
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("it has other files in it"))
    #expect(try read("\(site)/index.html") == "mine")
    // A list that names what is outside is not believed.
    try installation.scratch.write("../elsewhere\n", to: "site/.epel-compose-site")
    try installation.scratch.write("mine", to: "elsewhere")
    #expect(try installation.run(["site", "build", site]).status != 0)
    #expect(try read(installation.scratch.path("elsewhere")) == "mine")
  }

  @Test func `the policy gives titles, links and identifiers to pages`() throws {
    let installation = try Installation.withoutClients()
    let file = installation.policies + "/epel-7.yaml"
    var policy = try read(file)
    let section = try #require(policy.range(of: "site:\n"))
    policy.removeSubrange(section.lowerBound...)
    for name in ["alpha", "gtk+"] { try RPMSpec(name).build(into: installation.pool) }
    try RPMSpec("needy", tags: ["Requires: alpha"], subpackages: [RPMSpec.Subpackage("libs")])
      .build(into: installation.pool)
    try policy.write(toFile: file, atomically: true, encoding: .utf8)
    try installation.release("7.06.201903")
    let plan = installation.scratch.path("plan.json")
    let rpms = ["--rpms", installation.pool, "--allow-unsigned"]
    try installation.succeed(["plan", "7.07.201908", "--output", plan] + rpms)
    let site = installation.scratch.path("site")
    _ = try build(installation, site)
    #expect(try read("\(site)/epel-7/package/alpha.html").contains("<title>alpha · epel-7</title>"))
    #expect(try read("\(site)/epel-7/retirements.atom").contains("<id>urn:uuid:"))
    #expect(try read("\(site)/search.json").contains("\"needy\":[\"needy-libs\"]"))
    let needed = try read("\(site)/epel-7/package/alpha.html")
    #expect(needed.contains("<li><a href=\"../package/needy.html\">needy</a></li>"))
    let needs = try read("\(site)/epel-7/package/needy.html")
    #expect(needs.contains("<li><a href=\"../package/alpha.html\">alpha</a></li>"))

    policy += """

      site:
        url: https://releases.example.org
        title: Our releases
        shortTitle: Ours 7
        feed: {authority: "example.org,2020", title: Gone}
        links:
          Sources: "https://src.example.org/{package}?build={nvr}"
          RPMs: "https://dl.example.org/{release}/"
      """
    try policy.write(toFile: file, atomically: true, encoding: .utf8)
    _ = try build(installation, site)
    #expect(try read("\(site)/index.html").contains("<h1>Our releases</h1>"))
    let page = try read("\(site)/epel-7/package/gtk=2B.html")
    #expect(page.contains("<title>gtk+ · Ours 7</title>"))
    #expect(page.contains("href=\"https://src.example.org/gtk%2B?build=gtk%2B-1.0-1\">Sources</a>"))
    let stream = try read("\(site)/epel-7/index.html")
    #expect(stream.contains("href=\"https://dl.example.org/7.06.201903/\">RPMs</a>"))
    #expect(!stream.contains("src.example.org"))
    let feed = try read("\(site)/epel-7/retirements.atom")
    #expect(
      feed.contains("tag:example.org,2020:epel-compose/") && feed.contains("<title>Gone</title>"))
    let html = installation.scratch.path("plan.html")
    try installation.succeed(["plan", "7.07.201908", "--html", html] + rpms)
    #expect(try read(html).contains("href=\"https://releases.example.org/epel-7/index.html\""))
    // What pages say decides nothing: the plan that was saved before still holds.
    try installation.succeed(["compose", "7.07.201908", "--plan", plan] + rpms)
  }
}
