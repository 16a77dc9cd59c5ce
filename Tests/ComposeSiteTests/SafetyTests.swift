import ComposeSite
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// Text from RPMs cannot become markup, script or another page's address.
struct SafetyTests {
  private static let hostile =
    HostileText.all.filter { $0.unicodeScalars.count < 60 } + [
      Sample.hostile, "\"\u{0301} onmouseover=alert(1) x=\"\u{0301}",
      "'\u{0301}><svg onload=alert(1)>",
      "\u{0600}<script>", "\u{2028}\u{2029}</script><!--", "a\u{0}b\u{1B}c\u{85}\u{202E}d\u{FFFE}",
      "{{plan}} {{{style}}}", "]]>", "../../etc/passwd", "\r\n\r\n", "=2E=2E",
      "javascript:alert(1)",
    ]

  private func files() throws -> [SiteFile] {
    let stream = SiteStream(
      name: "<epel>", major: 7, title: Self.hostile[0], shortTitle: Self.hostile[1],
      asOf: Self.hostile[2],
      links: Self.hostile.map { SiteLink(path: $0, target: $0) },
      releases: Self.hostile.map { text in
        SiteRelease(
          ReleaseStatus(
            release: text, state: .superseded, since: Moment(0), clock: text, pushes: 1,
            trees: [
              TreeStatus(area: .updates, path: text, archive: text + text, packages: 1, revision: 1)
            ]), packages: 1, cut: text, retired: [text])
      },
      packages: Self.hostile.map { text in
        SitePackage(
          package: text, state: .retired, isEarly: true, returnedIn: text, owner: text,
          committedSince: text, committedUntil: text, rule: text, marker: text, text: text,
          lastTree: text, archiveTree: text,
          breaks: [Breakage(package: text, owner: text, explanations: [text])],
          replacedBy: [text], contradiction: text,
          history: [
            PackageEvent(release: text, kind: .retired, nvr: text, date: text)
          ],
          description: Self.description(text),
          links: [PageLink(label: text, url: "https://a/?" + text)])
      },
      calendar: Self.hostile.map {
        SiteCalendarEntry(minorRelease: $0, date: "2020-01-01", isPlanned: true)
      },
      plan: SitePlan(
        Sample.plan(
          carried: 0,
          updated: Self.hostile.map {
            UpdateEntry(package: $0, nvr: Sample.nvr($0), from: $0, to: $0)
          },
          added: Self.hostile.map { BuildEntry(package: $0, nvr: Sample.nvr($0)) },
          retired: Self.hostile.map {
            Sample.retired(
              $0, $0, $0, $0, [Breakage(package: $0, owner: $0, explanations: [$0])])
          },
          refusals: Self.hostile.map { Finding(code: $0, message: $0, remedy: $0) },
          warnings: Self.hostile.map { Finding(code: "one", message: $0, remedy: $0) }),
        acknowledged: []),
      pageLinks: Self.hostile.map { PageLink(label: $0, url: "https://a/?" + $0) },
      places: SiteStream.Places(urls: ["": "https://a/"]),
      feed: SiteStream.Feed(authority: Self.hostile[0], title: Self.hostile[1]))
    return try Sample.builder().files(
      SiteContents(generated: Self.hostile[0], title: Self.hostile[0], streams: [stream]))
  }

  private static func description(_ text: String) -> PackageDescription {
    var description = PackageDescription(
      summary: text, text: text, license: text, url: text,
      subpackages: [
        PackageDescription.Subpackage(name: text, arches: [Architecture(text)])
      ])
    description.needs = [text]
    description.neededBy = [text]
    return description
  }

  /// The names of elements and attributes of hostile pages are those of the
  /// templates, as Python's own parser sees them.
  @Test func `hostile text stays text`() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    let files = try files()
    try files.write(to: directory.path)
    let said = try Python.run(
      """
      import pathlib, sys, html.parser
      class Reader(html.parser.HTMLParser):
          def handle_starttag(self, tag, attributes):
              names = [name for name, _ in attributes]
              values = dict(attributes)
              if any(name.startswith("on") for name in names) or names.count("x") and tag not in ("rect", "text"):
                  print(file, tag, names)
              if tag == "script" and not values.get("src", "").endswith("site.js"):
                  print(file, "has a script of its own")
              if (values.get("href") or "").lower().startswith("javascript:"):
                  print(file, "runs", values["href"])
              if tag == "svg" and values.get("class") != "timeline":
                  print(file, "has a drawing of its own")
          def handle_comment(self, data):
              print(file, "has a comment")
      for file in pathlib.Path(sys.argv[1]).rglob("*.html"):
          text = file.read_bytes().decode("utf-8", "strict")
          if any(ord(c) < 32 and c not in "\\n\\t" for c in text): print(file, "has control characters")
          reader = Reader(); reader.feed(text); reader.close()
      """, directory.path)
    #expect(said == "")
  }

  @Test(
    .enabled(if: Shell.has("chromium"), "needs chromium"))
  func `a browser sees no script and no other structure`() throws {
    let scratch = try TemporaryDirectory()
    let files = try files()
    try files.write(to: scratch.path)
    let pages = files.map(\.path).filter { $0.hasSuffix(".html") && !$0.contains("/package/") }
    let packages = files.map(\.path).filter { $0.contains("/package/") }.prefix(3)
    let checker = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Browser/check-text").standardizedFileURL.path
    let stream = pages.filter { !$0.contains("/packages/") }
    let seen = try Shell.run(
      checker,
      [Sample.templates + "/site"] + (stream + packages).map { scratch.path($0) })
    #expect(seen.status == 0, "\(seen.output)\(seen.errors)")
  }

  @Test func `documents for programs parse`() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    for files in [try files(), try Sample.builder().files(Sample.contents)] {
      try? FileManager.default.removeItem(at: directory)
      try files.write(to: directory.path)
      let said = try Python.run(
        """
        import pathlib, sys, json, datetime, xml.etree.ElementTree as tree
        top = pathlib.Path(sys.argv[1])
        for file in top.rglob("*.json"): json.loads(file.read_text())
        for file in top.rglob("*.svg"): tree.parse(file)
        script = (top / "search-index.js").read_text()
        assert "<" not in script and "\\u2028" not in script and "\\u2029" not in script
        assert json.loads(script.removeprefix("window.composeSiteSearch = ").removesuffix(";\\n")) \\
            == json.loads((top / "search.json").read_text())
        atom = "{http://www.w3.org/2005/Atom}"
        for file in top.rglob("*.atom"):
            feed = tree.parse(file).getroot()
            ids = [one.text for one in feed.iter(atom + "id")]
            assert len(set(ids)) == len(ids), "ids are not unique"
            assert all(one.startswith(("tag:", "urn:uuid:")) for one in ids)
            assert feed.find(atom + "author/" + atom + "name").text
            for one in feed.iter(atom + "updated"):
                datetime.datetime.strptime(one.text, "%Y-%m-%dT%H:%M:%SZ")
            for one in feed.iter(atom + "entry"):
                assert (file.parent / one.find(atom + "link").get("href")).is_file()
                assert one.find(atom + "title").text and one.find(atom + "summary").text
        """, directory.path)
      #expect(said == "")
    }
  }

  @Test func `every reference leads to a file`() throws {
    for files in [try files(), try Sample.builder().files(Sample.contents)] {
      let paths = Set(files.map(\.path))
      for file in files where file.path.hasSuffix(".html") || file.path.hasSuffix(".atom") {
        let page = files.text(file.path)
        for match in page.matches(of: /(?:href|src)="([^"]*)"/) {
          let target = String(match.1)
          if target.hasPrefix("#") {
            #expect(page.contains("id=\"\(target.dropFirst())\""), "\(file.path): \(target)")
          } else if !["data:", "https://"].contains(where: target.hasPrefix) {
            var parts = file.path.split(separator: "/").dropLast().map(String.init)
            for part in target.split(separator: "/") {
              if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
            }
            #expect(paths.contains(parts.joined(separator: "/")), "\(file.path): \(target)")
          }
        }
      }
    }
  }

  @Test func `every file is below the site`() throws {
    for file in try files() {
      #expect(!file.path.split(separator: "/").contains { $0 == ".." || $0.hasPrefix(".") })
      #expect(file.path.utf8.allSatisfy { (0x21..<0x7F).contains($0) })
    }
  }
}

/// Python's own parsers check what is made.
enum Python {
  /// What `script` says on both outputs; nothing where all is well.
  static func run(_ script: String, _ argument: String) throws -> String {
    let outcome = try Shell.run(Shell.python, ["-c", script, argument])
    return outcome.output + outcome.errors
  }
}
