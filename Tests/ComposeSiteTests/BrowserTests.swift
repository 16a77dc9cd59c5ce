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

  private func check(_ files: [SiteFile], damage: (URL) throws -> Void = { _ in }) throws
    -> Shell.Outcome
  {
    let scratch = try TemporaryDirectory()
    try files.write(to: scratch.path)
    try damage(scratch.url)
    return try Shell.run(Self.checker, [scratch.path])
  }

  @Test func `every state, and names that nobody would choose, are in order`() throws {
    let outcome = try check(try Sample.builder().files(Sample.contents))
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test func `an EPEL-sized stream is in order, and answers at once`() throws {
    // A part of EPEL where sweeps visit a sample: pages take their time.
    let count = SweepDensity.stride == 1 ? 10_000 : 1500
    let contents = SiteContents(streams: [Sample.large(count), Sample.epel10])
    let files = try Sample.builder().files(contents)
    #expect(files.count > count)
    #expect((files.map(\.contents.count).max() ?? 0) < 12_000_000)
    let outcome = try check(files)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test func `a fault is reported`() throws {
    let outcome = try check(try Sample.builder().files(Sample.contents)) { site in
      // A script in a page would not run at all: its policy allows files of the site alone.
      let script = site.appending(path: "site.js")
      let text = try String(contentsOf: script, encoding: .utf8)
      try Data((text + "\nundefinedThing();\n").utf8).write(to: script)
    }
    #expect(outcome.status == 1)
    #expect((outcome.output + outcome.errors).contains("a script failed"))
  }
}
