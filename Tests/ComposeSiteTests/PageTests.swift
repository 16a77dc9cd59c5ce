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
    #expect(!page.contains("<dl"))
  }

  @Test func `a commitment names its rule`() {
    let page = files.text("epel-7/package/beta_lib.html")
    #expect(page.contains("<dt>Committed since</dt><dd>2019-08-20</dd>"))
    #expect(page.contains("2020-09-20 <small>(by the rule: 13 months)</small>"))
    #expect(page.contains("Its marker came before the commitment ended."))
    #expect(page.contains("<code>updates/7.07.201908</code>"))
    #expect(page.contains("<a href=\"../package/gtk=2B.html\">gtk+</a>"))
    #expect(page.contains("unlisted") && !page.contains("unlisted.html"))
    #expect(page.contains("<li>alpha-1.1 needs libbeta.so.1()(64bit)</li>"))
  }

  @Test func `history tells of releases and pushes`() {
    let page = files.text("epel-7/package/alpha.html")
    #expect(
      page.contains(
        "<td class=\"date\">push 3</td><td><span class=\"what updated\">updated</span></td>"))
    let newest = page.range(of: "7.07.201908</th>")?.lowerBound
    let oldest = page.range(of: "7.06.201903</th>")?.lowerBound
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
    #expect(page.contains("<strong>The cut is late.</strong> Look at the calendar."))
    #expect(page.contains("<strong>12001</strong> carried"))
    #expect(page.contains("<th scope=\"row\">novel</th><td>novel-1-1.el7</td>"))
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
}
