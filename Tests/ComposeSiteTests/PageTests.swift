import ComposeSite
import Foundation
import ReleaseModel
import Testing

struct PageTests {
  private let files: [SiteFile]

  init() throws { files = try Sample.builder().files(Sample.contents) }

  @Test(arguments: [
    ("alpha", "live", "nobody has retired it"),
    ("beta_lib", "retiring", "it leaves with the next release"),
    ("epsilon", "retired", "It left with 7.07.201908."),
    ("blocked.one", "blocked", "The build system hides it"),
    ("gtk=2B", "returned", "It came back with 7.07.201908"),
  ])
  func `each state has its words`(file: String, state: String, words: String) {
    let page = files.text("epel-7/package/\(file).html")
    #expect(page.contains("<span class=\"state \(state)\">\(state)</span>"))
    #expect(page.contains(words))
  }

  @Test func `an unknown package has its words`() throws {
    let stream = SiteStream(
      name: "epel-7", major: 7, title: "EPEL 7",
      packages: [SitePackage(package: "who", state: .unknown)])
    let page = try Sample.builder().files(SiteContents(streams: [stream]))
      .text("epel-7/package/who.html")
    #expect(page.contains("No release of this stream has it"))
    #expect(page.contains("No release of EPEL 7 had it."))
    #expect(!page.contains("Use it"))
  }

  @Test func `a link that moves alone says when, and where it led`() throws {
    var stream = Sample.epel7
    let own = OwnLinkStatus(
      link: "7z", leads: "released", release: "7.06.201903", since: Moment(1_585_440_000),
      due: nil, next: .init(minorRelease: "7.8", date: "2020-03-31", isPlanned: true),
      moves: [
        .init(at: Moment(1_585_353_600), release: "7.07.201908", former: nil, isBack: false),
        .init(
          at: Moment(1_585_440_000), release: "7.06.201903", former: "7.07.201908", isBack: true),
      ])
    stream.links = [
      SiteLink(path: "7", target: "7.07.201908", release: "7.07.201908"),
      SiteLink(path: "7z", target: "7.06.201903", release: "7.06.201903", own: own),
    ]
    let files = try Sample.builder().files(SiteContents(streams: [stream]))
    let page = files.text("epel-7/index.html")
    for words in [
      "<code>7z</code></dt><dd><code>7.06.201903</code> <span class=\"since\">since 2020-03-29 ",
      "It moves when 7.8 comes, which is planned for 2020-03-31.",
      "It moves with the release that is current.",
      "<div>2020-03-29 00:00 UTC back to 7.06.201903, from 7.07.201908</div><div>2020-03-28 00:00 "
        + "UTC to 7.07.201908</div>",
    ] { #expect(page.contains(words), "\(words)") }
    let release = page.components(separatedBy: "<th scope=\"row\">7.06.201903</th>").last ?? ""
    #expect(
      release.prefix { $0 != "D" }.contains("link <code>7z</code>"), "\(release.prefix(300))")
    #expect(
      files.text("epel-7/package/alpha.html").contains(
        "<small class=\"about\">link <code>7</code></small>"))
    #expect(files.text("epel-7/stream.json").contains("\"leads\" : \"released\""))
    // Where all links lead to the current release, nothing of it is there.
    for name in ["index.html", "package/alpha.html"] {
      #expect(!self.files.text("epel-7/\(name)").contains("link <code>"))
    }
    #expect(!self.files.text("epel-7/index.html").contains("It moves"))
    #expect(!self.files.text("epel-7/stream.json").contains("\"own\""))
  }

  @Test func `a commitment is a sentence that names its rule`() {
    let page = files.text("epel-7/package/beta_lib.html")
    #expect(
      page.contains(
        "Its packager is committed since 2019-08-20, and until 2020-09-20 (13 months)."))
    #expect(page.contains("Its marker came before the commitment ended."))
    #expect(page.contains("<code>updates/7.07.201908</code>"))
    #expect(page.contains("<a href=\"../package/gtk=2B.html\">gtk+</a>"))
    #expect(page.contains("unlisted") && !page.contains("unlisted.html"))
    #expect(page.contains("<li>alpha-1.1 needs libbeta.so.1()(64bit)</li>"))
    #expect(
      files.text("epel-7/package/alpha.html").contains(
        "ended 2019-08-06 (next minor release); it may retire with the next release."))
  }

  @Test func `the first line is version, release and state`() {
    let page = files.text("epel-7/package/alpha.html")
    #expect(page.contains("<title>alpha · EPEL 7</title>"))
    let first = page.components(separatedBy: "</h1>").last?.split(separator: "\n").first ?? ""
    #expect(first.contains(">1.1-1.el7</strong> in 7.07.201908 "))
    #expect(first.contains("<span class=\"state live\">live</span>"))
  }

  @Test func `a package says what it is, what it needs and how to get it`() {
    let page = files.text("epel-7/package/alpha.html")
    for words in [
      "<p class=\"summary\">Counts things</p>", "<dt>Licence</dt><dd>MIT</dd>",
      "<a href=\"https://alpha.example.org/\">", "<code>yum install alpha</code>",
      "<code>yum downgrade alpha</code>",
      "<th scope=\"row\">libcount</th><td data-label=\"For\">x86_64",
      "<td data-label=\"For\">all architectures</td>", "<summary>40 packages</summary>",
      "<li><a href=\"../package/gtk=2B.html\">gtk+</a></li>", "<li>elsewhere</li>",
      "<a class=\"item\" href=\"https://koji.example.org/?package=alpha\">Koji</a>",
    ] { #expect(page.contains(words), "\(words)") }
    // Nobody can install what has left, and a link that is none is text.
    #expect(!files.text("epel-7/package/epsilon.html").contains("Use it"))
  }

  @Test func `only addresses of web pages are links`() throws {
    var stream = Sample.epel7
    let description = PackageDescription(
      summary: "", text: "", license: "", url: "javascript:alert(1)", subpackages: [])
    stream.packages = [SitePackage(package: "odd", state: .live, description: description)]
    let page = try Sample.builder().files(SiteContents(streams: [stream]))
      .text("epel-7/package/odd.html")
    #expect(page.contains("<dt>Project</dt><dd>javascript:alert(1)</dd>"))
  }

  @Test func `versions are by release, newest first`() {
    let page = files.text("epel-7/package/alpha.html")
    #expect(
      page.contains(
        "<span class=\"what updated\">updated</span> 1.1-1.el7 by push 3, 2019-05-02"))
    #expect(page.contains("7.07.201908 <span class=\"state current\">current</span></th>"))
    let newest = page.range(of: "7.07.201908 <span class=\"state")?.lowerBound
    let oldest = page.range(of: "7.06.201903 <span class=\"state")?.lowerBound
    #expect(newest.flatMap { newest in oldest.map { newest < $0 } } == true)
  }

  @Test func `a package without a value shows no others`() {
    // `elsewhere` has no owner; neither alpha's nor the package's own is shown.
    let page = files.text("epel-7/package/beta_lib.html")
    #expect(page.contains("<li><strong>elsewhere</strong>\n</li>"))
  }

  @Test func `the next release marks what nobody acknowledged`() {
    let page = files.text("epel-7/next.html")
    #expect(page.contains("Not acknowledged: 1."))
    #expect(page.contains("<strong>2 builds are not signed.</strong> Sign them."))
    #expect(
      page.contains("<summary>The cut is late <span class=\"more\">and 1 more</span></summary>"))
    #expect(page.contains("<li>So is the next. Look again.</li>"))
    #expect(page.contains("<strong>12,001</strong> carried"))
    #expect(
      page.contains("<th scope=\"row\">novel</th><td data-label=\"Build\">novel-1-1.el7</td>"))
    #expect(page.contains("<strong>It would be refused: one thing stands in the way.</strong>"))
    let parts = [
      "id=\"refusals\"", "id=\"leaves\"", "id=\"updated\"", "id=\"added\"", "id=\"warnings\"",
      "digest <code>",
    ]
    let places = parts.compactMap { page.range(of: $0)?.lowerBound }
    #expect(places.count == parts.count && places == places.sorted())
    let open = page.range(of: "not acknowledged</span>")?.lowerBound
    let done = page.range(of: "acknowledged\">acknowledged</span>")?.lowerBound
    #expect(open.flatMap { open in done.map { open < $0 } } == true)
    #expect(files.text("epel-10/next.html").contains("There is no preview of it yet."))
  }

  @Test func `an overview has clocks and links`() {
    let page = files.text("epel-7/index.html")
    #expect(page.contains("the soak ends 2020-04-16 10:00 UTC."))
    #expect(page.contains("<dt><code>updates/7</code></dt><dd><code>7.07.201908</code></dd>"))
    #expect(page.contains("<code>/pub/archives/epel/updates/7.05.201804</code>"))
    #expect(
      page.contains(
        "<a href=\"https://dl.example.org/epel/updates/7.07.201908/\">/pub/epel/updates/7.07.201908</a>"
      ))
    #expect(page.contains("As of 2020-04-10."))
    #expect(page.contains("2020-09-29 <span class=\"state planned\">planned</span>"))
    #expect(files.text("index.html").contains("not there"))
  }

  @Test func `lists are in pages that a phone can load`() throws {
    let large = try Sample.builder().files(SiteContents(streams: [Sample.large(1_000)]))
    #expect(large.text("epel-7/packages/p.html").contains("P"))
    for file in large where file.path.contains("/packages/") {
      let rows = large.text(file.path).components(separatedBy: "<tr>").count - 2
      #expect(rows <= 400, "\(file.path)")
    }
  }

  @Test func `pages that stand alone say when they are from and lead back`() throws {
    for (name, page) in try Sample.standalonePages() {
      #expect(
        page.contains("<a href=\"https://releases.example.org/epel-7/index.html\">EPEL 7</a>"),
        "\(name)")
      #expect(page.contains("Extra Packages for Enterprise Linux 7, 2020-04-02"), "\(name)")
      #expect(page.contains(" · EPEL 7</title>"), "\(name)")
      // Small screens show the name of its column beside each cell.
      let cells = page.matches(of: /<td(?<attributes>[^>]*)>/)
      #expect(!cells.isEmpty && cells.allSatisfy { $0.output.attributes.contains("data-label=") })
      #expect(!page.replacing("<table class=\"stacks\"", with: "").contains("<table"), "\(name)")
    }
  }

  @Test func `the day of a plan is not that of its newest build`() throws {
    #expect(
      files.text("epel-7/next.html").contains("As of 2020-04-10, newest build of 2020-04-01, "))
    let alone = try #require(try Sample.standalonePages()["plan.html"])
    #expect(alone.contains("Linux 7, 2020-04-02, newest build of 2020-04-01, "))
    var stream = Sample.epel7
    stream.asOf = nil
    let undated = try Sample.builder().files(SiteContents(streams: [stream]))
    #expect(undated.text("epel-7/next.html").contains(">Newest build of 2020-04-01, "))
  }

  @Test func `lines of a packager stand below each other`() throws {
    let push = try #require(try Sample.standalonePages()["push.html"])
    #expect(push.contains("<pre>Done.\n</pre>"))
  }

  @Test func `who has one version is sent to no other`() throws {
    func page(hasOlderVersion: Bool) throws -> String {
      var stream = Sample.epel7
      let description = PackageDescription(
        summary: "", text: "", license: "", url: nil,
        subpackages: [
          PackageDescription.Subpackage(
            name: "alpha", arches: [Architecture("x86_64")], hasOlderVersion: hasOlderVersion),
          PackageDescription.Subpackage(
            name: "alpha-libs", arches: [Architecture("x86_64")], hasOlderVersion: true),
        ])
      // Its history has two versions in any case.
      stream.packages = [
        SitePackage(
          Sample.packages[0].status, history: Sample.packages[0].history, description: description)
      ]
      return try Sample.builder().files(SiteContents(streams: [stream]))
        .text("epel-7/package/alpha.html")
    }
    #expect(try page(hasOlderVersion: true).contains("yum downgrade alpha<"))
    let alone = try page(hasOlderVersion: false)
    #expect(alone.contains("yum install alpha<") && !alone.contains("downgrade"))
  }

  @Test func `identifiers of a feed are those of its authority, or made from names`() throws {
    let tags = files.text("epel-7/retirements.atom")
    #expect(tags.contains("<id>tag:example.org,2019:epel-compose/epel-7/retirements</id>"))
    var stream = Sample.epel7
    stream.feed = SiteStream.Feed(title: "What left")
    let first = try Sample.builder().files(SiteContents(streams: [stream]))
      .text("epel-7/retirements.atom")
    #expect(first.contains("<title>What left</title>"))
    let ids = first.matches(of: /<id>(urn:uuid:[0-9a-f-]{36})<\/id>/).map { String($0.output.1) }
    #expect(ids.count > 1 && Set(ids).count == ids.count)
    #expect(!first.contains("tag:"))
  }
}
