import ComposeTestSupport
import Foundation
import Testing

@Suite(.waiting) struct DiffTests {
  /// Two releases: a package left, one came, one has another subpackage.
  private func installation() throws -> Installation {
    let installation = try Installation(small: TemporaryDirectory.inMemory())
    for name in ["alpha", "beta", "gamma"] { try RPMSpec(name).build(into: installation.pool) }
    try installation.release("7.06.201903")
    try RPMSpec("beta", "1.1").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    try RPMSpec("alpha", "2.0", epoch: 1).withNoise(40_000).build(into: installation.pool)
    try RPMSpec("gamma", "1.0", "2").retired().build(into: installation.pool)
    try RPMSpec("pi").build(into: installation.pool)
    try installation.release("7.07.201908")
    return installation
  }

  @Test func `packages, versions and sizes, of archived releases as well`() throws {
    let installation = try installation()
    let both = ["diff", "7.06.201903", "7.07.201908"]
    try installation.expectScreen(both, matches: "diff.txt")
    let before = try installation.json(both)
    func names(_ json: [String: Any], _ key: String) throws -> [String] {
      try #require(json[key] as? [[String: Any]]).compactMap { $0["package"] as? String }
    }
    #expect(try names(before, "updated") == ["alpha"])
    #expect(try names(before, "added") == ["pi"])
    #expect(try names(before, "removed") == ["gamma"])
    #expect(before["unchanged"] as? Int == 1)
    // The cut did not have the push yet.
    let cut = try installation.json(both + ["--area", "releases"])
    #expect(try names(cut, "updated") == ["alpha", "beta"])
    // The other way round.
    let back = try installation.json(["diff", "7.07.201908", "7.06.201903"])
    #expect(try names(back, "downgraded") == ["alpha"])
    #expect(try names(back, "added") == ["gamma"])

    try installation.succeed(["archive", "7.06.201903"])
    try installation.succeed(["archive", "7.06.201903", "--remove-original"])
    let archived = try installation.json(both)
    for key in ["updated", "added", "removed"] {
      #expect(try names(archived, key) == names(before, key))
    }
    let from = try #require(archived["from"] as? [String: Any])
    #expect(from["state"] as? String == "archived")
    #expect((from["tree"] as? String)?.contains("/pub/archives/") == true)
  }

  @Test func `as a page without anything from elsewhere`() throws {
    let installation = try installation()
    let page = installation.scratch.path("diff.html")
    let both = ["diff", "7.06.201903", "7.07.201908", "--html", page]
    try installation.succeed(both)
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("<h1>From 7.06.201903 to 7.07.201908</h1>"))
    #expect(html.contains("<tr><th scope=\"row\">alpha</th><td data-label=\"From\">1.0-1</td>"))
    #expect(html.contains("<th scope=\"row\">gamma</th>") && html.contains(">retired</td>"))
    #expect(html.contains("<title>7.06.201903 and 7.07.201908 · EPEL 7</title>"))
    #expect(html.contains(/Extra Packages for Enterprise Linux 7, \d{4}-\d\d-\d\d</))
    #expect(html.contains("1 package is the same."))
    #expect(
      !html.contains("src=") && !html.contains("<link") && html.contains("default-src 'none'"))
    // The way back, where no policy says where the site is.
    #expect(html.contains("<a href=\"https://dl.fedoraproject.org/pub/epel/\">EPEL 7</a>"))
    // Its own page is written anew, another file is not.
    try installation.succeed(both)
    let other = try installation.scratch.write("mine\n", to: "other.html")
    try installation.expectRefusal(
      ["diff", "7.06.201903", "7.07.201908", "--html", other], status: 73)
  }

  @Test func `a release without a tree is told so, and nothing is changed`() throws {
    let installation = try installation()
    #expect(
      try installation.expectRefusal(["diff", "7.06.201903", "7.08.202004"], status: 66)
        .contains("does not know it"))
    #expect(
      try installation.expectRefusal(["diff", "7.06.201903", "7.7.201908"], status: 64)
        .contains("7.07.201908"))
    try installation.succeed([
      "compose", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned",
    ])
    try installation.succeed(["abandon", "7.08.202004"])
    #expect(
      try installation.expectRefusal(["diff", "7.07.201908", "7.08.202004"], status: 66)
        .contains("7.08.202004"))
    try installation.expectDryRun(["diff", "7.06.201903", "7.07.201908"])
  }
}
