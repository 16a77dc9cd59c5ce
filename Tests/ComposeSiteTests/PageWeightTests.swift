import ComposeReports
import ComposeSite
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Pages of a stream of EPEL's size are no more than a phone loads and lays out.
struct PageWeightTests {
  private static let packages = 3650
  private static let mostBytes = 300_000
  private static let mostElements = 6000

  private func elements(_ page: String) -> Int { page.matches(of: /<[a-z]/).count }

  private func expectLight(_ page: String, _ name: String) {
    #expect(page.utf8.count < Self.mostBytes, "\(name)")
    #expect(elements(page) < Self.mostElements, "\(name)")
  }

  private static let names = (0..<packages).map { "python-package-\($0)" }

  /// Everything is new in it or changes, nothing is signed, and much leaves.
  private static let plan = Sample.plan(
    carried: 0,
    updated: names.suffix(500).map {
      UpdateEntry(
        package: $0, nvr: Sample.nvr("\($0)-1.10.2-2.el7"), from: "1.10.1-1.el7",
        to: "1.10.2-2.el7")
    },
    added: names.map { BuildEntry(package: $0, nvr: Sample.nvr("\($0)-1.10.2-2.el7")) },
    retired: names.prefix(90).map { name in
      Sample.retired(
        name, "\(name)-1.10.2-2.el7", "/usr/share/doc/README-RETIRED", "Its authors stopped.",
        names.suffix(4).map { Breakage(package: $0, explanations: ["\($0) needs \(name)"]) })
    },
    warnings: names.flatMap { name in
      (0..<6).map {
        Finding(code: "unsigned", message: "\(name)-\($0).rpm is not signed", remedy: "Sign it")
      }
    })

  @Test func `a plan of EPEL's size is light, alone and on the site`() throws {
    var stream = Sample.epel7
    stream.plan = SitePlan(Self.plan, acknowledged: [])
    let site = try Sample.builder().files(SiteContents(streams: [stream]))
    expectLight(site.text("epel-7/next.html"), "next.html")
    let documents = ReleaseDocuments(library: TemplateLibrary(directories: [Sample.templates]))
    let page = try documents.planPage(
      Self.plan, names: PageNames(title: "EPEL 7", shortTitle: "EPEL 7"), acknowledged: [],
      date: "2020-04-10")
    expectLight(page, "plan.html")
    // No package is left out for it; where findings are, it says so.
    for number in [0, 59, 60, 89, 499, Self.packages - 1] {
      #expect(page.contains("python-package-\(number)-1.10.2-2.el7"))
    }
    #expect(page.contains("and 21,899 more"))
    #expect(page.contains(" more, which its JSON has."))
  }

  @Test func `all other pages are light, too`() throws {
    let site = try Sample.builder().files(SiteContents(streams: [Sample.large(Self.packages)]))
    for file in site where file.path.hasSuffix(".html") {
      expectLight(String(decoding: file.contents, as: UTF8.self), file.path)
    }
  }

  @Test func `a small plan is shown as rows`() throws {
    let page = try Sample.builder().files(Sample.contents).text("epel-7/next.html")
    #expect(!page.contains("<pre class=\"lines\">"))
    #expect(page.contains("<details open><summary>1 of them</summary>"))
  }
}
