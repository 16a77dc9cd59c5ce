import ComposeSite
import Foundation
import ReleaseModel
import Testing

struct SiteBuilderTests {
  @Test func `equal contents make equal bytes`() throws {
    let one = try Sample.builder().files(Sample.contents)
    #expect(one == (try Sample.builder().files(Sample.contents)))
    #expect(one.map(\.path) == one.map(\.path).sorted { $0.precedesByBytes($1) })
  }

  @Test func `time is only shown where it is given`() throws {
    var contents = Sample.contents
    #expect(!(try Sample.builder().files(contents)).text("index.html").contains("2026-"))
    contents.generated = "2026-01-02 03:04 UTC"
    let files = try Sample.builder().files(contents)
    #expect(files.text("index.html").contains("on 2026-01-02 03:04 UTC"))
    #expect(files.text("epel-7/next.html").contains("on 2026-01-02 03:04 UTC"))
    #expect(files.text("index.json").contains("\"generated\" : \"2026-01-02 03:04 UTC\""))
  }

  @Test func `all parts are there`() throws {
    let paths = Set(try Sample.builder().files(Sample.contents).map(\.path))
    let expected = [
      "index.html", "index.json", "search-index.js", "search.json", "site.css", "site.js",
      "epel-7/index.html", "epel-7/packages.html", "epel-7/next.html", "epel-7/retired.html",
      "epel-7/retirements.atom", "epel-7/timeline.svg", "epel-7/stream.json",
      "epel-7/packages.json", "epel-7/next.json", "epel-7/packages/a.html",
      "epel-7/packages/0-9.html", "epel-7/packages/other.html", "epel-7/packages/m.html",
      "epel-7/package/alpha.html", "epel-7/package/gtk=2B.html", "epel-7/package/beta_lib.html",
      "epel-7/package/Mixed-Case.html", "epel-10/index.html", "epel-10/next.html",
    ]
    for path in expected { #expect(paths.contains(path), "\(path)") }
  }

  @Test func `a missing template is named`() throws {
    let error = #expect(throws: ComposeError.self) {
      try SiteBuilder(templates: ["/nonexistent", "/nowhere"])
    }
    #expect(error?.kind == .noInput)
    #expect(error?.description.contains("site/head.mustache") == true)
    #expect(error?.description.contains("/nonexistent, /nowhere") == true)
  }

  @Test func `an invalid template is named`() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(
      at: directory.appending(path: "site"), withIntermediateDirectories: true)
    let path = directory.appending(path: "site/foot.mustache")
    try Data("{{#open}}".utf8).write(to: path)
    let invalid = #expect(throws: ComposeError.self) {
      try SiteBuilder(templates: [directory.path, Sample.templates])
    }
    #expect(invalid?.kind == .badData)
    #expect(invalid?.thing == path.path)
    try Data([0x3C, 0xFF]).write(to: path)
    let binary = #expect(throws: ComposeError.self) {
      try SiteBuilder(templates: [directory.path, Sample.templates])
    }
    #expect(binary?.cause == "it is not UTF-8 text")
    try Data("Ours.</main></body></html>\n".utf8).write(to: path)
    let files = try SiteBuilder(templates: [directory.path, Sample.templates]).files(
      Sample.contents)
    #expect(files.text("index.html").contains("Ours."))
  }

  @Test func `two packages of one name are refused`() throws {
    var stream = Sample.epel7
    stream.packages.append(SitePackage(package: "alpha", state: .live))
    let error = #expect(throws: ComposeError.self) {
      try Sample.builder().files(SiteContents(streams: [stream]))
    }
    #expect(error?.kind == .badData)
    #expect(error?.thing == "epel-7/package/alpha.html")
    stream.packages = [SitePackage(package: "", state: .live)]
    let unnamed = #expect(throws: ComposeError.self) {
      try Sample.builder().files(SiteContents(streams: [stream]))
    }
    #expect(unnamed?.kind == .badData)
  }

  @Test func `an empty site has a page`() throws {
    let files = try Sample.builder().files(SiteContents(streams: []))
    #expect(files.text("index.html").contains("There is no stream yet."))
  }
}
