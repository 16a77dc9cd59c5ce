import Advisories
import ReleaseModel
import Testing

@Suite struct BodhiAdvisoriesTests {
  private static let pages = ["page-1.json", "page-2.json"]

  private func recorded() throws -> [Advisory] {
    try BodhiAdvisories.ofNine(Self.pages.map { try ScriptedBodhi.reply($0) })
  }

  @Test func `all pages are read, with the parameters that page reliably`() throws {
    let server = ScriptedBodhi(try Self.pages.map { try ScriptedBodhi.reply($0) })
    let bodhi = BodhiAdvisories(server: "https://bodhi.example", fetching: server)
    #expect(try bodhi.advisories(ofReleases: ["EPEL-9"]).count == 3)
    #expect(
      server.calls == [
        "updates/?releases=EPEL-9&status=stable&page=1&rows_per_page=100",
        "updates/?releases=EPEL-9&status=stable&page=2&rows_per_page=100",
      ])
    #expect(server.left == 0)
  }

  @Test func `updates in testing are asked for by their status, and stable ones are none`() throws {
    let stable = ScriptedBodhi.list(["A-1"], release: "EPEL-9")
    let testing = stable.replacing("stable", with: "testing")
    let server = ScriptedBodhi([testing, stable])
    let bodhi = BodhiAdvisories(
      server: "https://bodhi.example", fetching: server, status: .testing)
    #expect(try bodhi.advisories(ofReleases: ["EPEL-9"]).count == 1)
    #expect(
      server.calls == ["updates/?releases=EPEL-9&status=testing&page=1&rows_per_page=100"])
    let error = #expect(throws: ComposeError.self) { try bodhi.advisories(ofReleases: ["EPEL-9"]) }
    #expect(error?.cause == "it is not what was asked for")
  }

  @Test func `advisories come by id, whatever the order of pages`() throws {
    let ids = try recorded().map(\.id)
    #expect(
      ids == [
        "FEDORA-EPEL-2024-00000beta1", "FEDORA-EPEL-2024-0000de17a1", "FEDORA-EPEL-2024-0000gamma1",
      ])
  }

  @Test func `a security update with everything`() throws {
    let advisory = try #require(try recorded().first { $0.id.hasSuffix("beta1") })
    #expect(advisory.title == "alpha-1.4-2.el9 beta-2.0-1.el9")
    #expect(advisory.summary == "alpha-1.4-2.el9 beta-2.0-1.el9 security update")
    #expect(advisory.builds == ["alpha-1.4-2.el9", "beta-2.0-1.el9"])
    #expect(advisory.kind == .security)
    #expect(advisory.severity == .important)
    #expect(advisory.suggestsReboot)
    #expect(!advisory.suggestsRelogin)
    // 2024-02-29 23:59:59, when it was submitted; stable and edited later.
    #expect(advisory.issued == 1_709_251_199)
    #expect(advisory.updated == 1_709_859_723)
    #expect(
      advisory.description
        == "Closes a hole in the frame parser.\n\n* “frames” & <tags>\n* page\u{FFFD}break")
  }

  @Test func `bugs by number, then the CVEs of their titles, each once`() throws {
    let advisory = try #require(try recorded().first { $0.id.hasSuffix("beta1") })
    let references = advisory.references.map { "\($0.kind.rawValue) \($0.id) \($0.url)" }
    #expect(
      references == [
        "bugzilla 2400002 https://bugzilla.redhat.com/show_bug.cgi?id=2400002",
        "bugzilla 2400010 https://bugzilla.redhat.com/show_bug.cgi?id=2400010",
        "cve CVE-2024-40001 https://www.cve.org/CVERecord?id=CVE-2024-40001",
        "cve CVE-2024-4002 https://www.cve.org/CVERecord?id=CVE-2024-4002",
      ])
    #expect(advisory.references[0].title == "CVE-2024-40001 beta: overflow in frames")
    #expect(advisory.references[2].title == "CVE-2024-40001")
  }

  @Test func `null and unspecified are no values`() throws {
    let advisory = try #require(try recorded().first { $0.id.hasSuffix("de17a1") })
    #expect(advisory.kind == .bugfix)
    #expect(advisory.severity == nil)
    #expect(advisory.suggestsRelogin)
    #expect(!advisory.suggestsReboot)
    #expect(advisory.description.isEmpty)
    #expect(advisory.issued == 1_706_745_600)
    #expect(advisory.updated == nil)
    #expect(advisory.references.map(\.id) == ["2200000", "2200001"])
    #expect(advisory.references.map(\.title) == ["", "Private bug"])
  }

  @Test func `the least that an update must have`() throws {
    let advisory = try #require(
      try BodhiAdvisories.ofNine([ScriptedBodhi.list(["A-1"], release: "EPEL-9")]).first)
    #expect(advisory.title == "zeta-1-1.el9")
    #expect(advisory.references.isEmpty)
    #expect(advisory.updated == nil)
  }

  @Test func `an update without builds or of other things is no advisory`() throws {
    let list = ScriptedBodhi.list(["A-1"], release: "EPEL-9")
    #expect(try BodhiAdvisories.ofNine([list]).count == 1)
    let bare = list.replacing("{\"nvr\": \"zeta-1-1.el9\"}", with: "")
    #expect(try BodhiAdvisories.ofNine([bare]).isEmpty)
    let module = list.replacing("\"type\"", with: "\"content_type\": \"module\", \"type\"")
    #expect(try BodhiAdvisories.ofNine([module]).isEmpty)
  }

  @Test(arguments: [
    ("urgent", Advisory.Severity.critical), ("high", .important), ("medium", .moderate),
    ("low", .low), ("unspecified", nil), ("dreadful", nil),
  ])
  func `Bodhi's words for severity`(word: String, severity: Advisory.Severity?) throws {
    let list = ScriptedBodhi.list(["A-1"], release: "EPEL-9")
      .replacing("\"type\"", with: "\"severity\": \"\(word)\", \"type\"")
    #expect(try BodhiAdvisories.ofNine([list]).first?.severity == severity)
  }

  @Test func `a release without updates, and none at all`() throws {
    #expect(try BodhiAdvisories.ofNine([ScriptedBodhi.reply("empty.json")]).isEmpty)
    let nobody = BodhiAdvisories(server: "https://bodhi.example", fetching: ScriptedBodhi([]))
    #expect(try nobody.advisories(ofReleases: []).isEmpty)
    #expect(throws: ScriptedBodhi.NotArranged.self) {
      try nobody.advisories(ofReleases: ["EPEL-9"])
    }
  }

  @Test func `several releases, one named twice`() throws {
    let server = ScriptedBodhi([
      ScriptedBodhi.list(["B-1", "A-2"], release: "EPEL-10.0"),
      ScriptedBodhi.list(["A-1"], release: "EPEL-10.1"),
      ScriptedBodhi.list(["A-1"], release: "EPEL-10.1"),
    ])
    let bodhi = BodhiAdvisories(server: "https://bodhi.example", fetching: server)
    let advisories = try bodhi.advisories(ofReleases: ["EPEL-10.0", "epel-10.1", "EPEL-10.1"])
    #expect(advisories.map(\.id) == ["A-1", "A-2", "B-1"])
  }
}
