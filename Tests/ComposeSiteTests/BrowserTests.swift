import ComposeSite
import ComposeTestSupport
import Foundation
import Testing

/// The site in a real browser: `Tests/Browser/check-site` opens it in two
/// widths, light and dark, searches it, follows links, and checks it with tidy.
@Suite(
  .waiting, .serialized,
  .enabled(if: Shell.has("chromium") && Shell.has("tidy"), "needs chromium and tidy"))
struct BrowserTests {
  static let checker = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../Browser/check-site").standardizedFileURL.path

  /// - Parameter page: the one page to look at; nil for some of each kind, and the search.
  private func check(
    _ files: [SiteFile], page: String? = nil, damage: (URL) throws -> Void = { _ in }
  ) throws -> Shell.Outcome {
    let scratch = try TemporaryDirectory()
    try files.write(to: scratch.path)
    try damage(scratch.url)
    return try Shell.run(Self.checker, [scratch.path] + (page.map { ["--page", $0] } ?? []))
  }

  @Test func `every state, and names that nobody would choose, are in order`() throws {
    let outcome = try check(try Sample.builder().files(Sample.contents)) { site in
      // Pages that stand alone are looked at like those of the site.
      for (name, page) in try Sample.standalonePages() {
        try Data(page.utf8).write(to: site.appending(path: name))
      }
    }
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    for name in ["plan", "push", "diff"] { #expect(outcome.output.contains("\(name).html: ")) }
  }

  @Test func `an EPEL-sized stream is in order, and answers at once`() throws {
    // A part of EPEL where sweeps visit a sample: pages take their time.
    let count = SweepDensity.stride == 1 ? 10_000 : 1500
    let contents = SiteContents(streams: [Sample.large(count), Sample.epel10])
    let files = try Sample.builder().files(contents)
    #expect(files.count > count)
    // What people open is small, however many packages there are; data may grow with them.
    let pages = files.filter { $0.path.hasSuffix(".html") }
    #expect((pages.map(\.contents.count).max() ?? 0) < 200_000)
    #expect((files.map(\.contents.count).max() ?? 0) < 1000 * count)
    let outcome = try check(files)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test func `a fault is reported`() throws {
    let files = try Sample.builder().files(Sample.contents)
    let outcome = try check(files, page: "index.html") { site in
      // A script in a page would not run at all: its policy allows files of the site alone.
      let script = site.appending(path: "site.js")
      let text = try String(contentsOf: script, encoding: .utf8)
      try Data((text + "\nundefinedThing();\n").utf8).write(to: script)
    }
    #expect(outcome.status == 1)
    #expect((outcome.output + outcome.errors).contains("a script failed"))
  }

  /// A fault of each kind that the check of accessibility knows, in one page.
  @Test func `what shuts people out is reported`() throws {
    let faults = [
      "lang": ("<html lang=\"en\">", "<html>"),
      "title": ("<title>Retired · EPEL 7</title>", "<title> </title>"),
      "duplicate-id": ("<h2 id=\"leaving\">", "<h2 id=\"left\">"),
      "reference": ("aria-controls=\"search-results\"", "aria-controls=\"gone\""),
      "landmark": ("<nav aria-label=\"EPEL 7\">", "<nav>"),
      "skip": (
        "<a class=\"skip\" href=\"#contents\">", "<a class=\"skip\" href=\"../index.html\">"
      ),
      "headings": ("<h1>Retired</h1>", "<h1>Retired</h1><h4>Deep</h4>"),
      "name": (">Overview</a>", "></a>"),
      "link-text": (">Packages</a>", ">here</a>"),
      "label": ("<label for=\"filter-name\">Name contains</label>", "Name contains"),
      "table": ("<th scope=\"col\">With</th>", "<td>With</td>"),
      "list": (
        "<li><a href=\"next.html\">Next release</a></li>", "<a href=\"next.html\">Next release</a>"
      ),
      "alt": ("<footer>", "<footer><img src=\"../timeline.svg\">"),
      "focus-order": ("<h2 id=\"left\">", "<h2 id=\"left\" tabindex=\"3\">"),
    ]
    let files = try Sample.builder().files(Sample.contents)
    let outcome = try check(files, page: "epel-7/retired.html") { site in
      let page = site.appending(path: "epel-7/retired.html")
      var text = try String(contentsOf: page, encoding: .utf8)
      for (rule, (right, wrong)) in faults {
        #expect(text.contains(right), "\(rule)")
        text = text.replacing(right, with: wrong, maxReplacements: 1)
      }
      try Data(text.utf8).write(to: page)
      let style = site.appending(path: "site.css")
      let sheet = try String(contentsOf: style, encoding: .utf8)
      let more = """
        :focus-visible { outline: none; } header nav a { font-size: 8px; padding: 0; line-height: 1; }
        main { height: 50px; overflow: auto; }
        header nav ul, header nav { gap: 0; }
        """
      try Data((sheet + more).utf8).write(to: style)
    }
    #expect(outcome.status == 1)
    let said = outcome.output + outcome.errors
    for rule in faults.keys.sorted() + ["focus-visible", "target-size"] {
      #expect(said.contains("retired.html at 1280: \(rule): "), "\(rule)")
    }
  }
}
