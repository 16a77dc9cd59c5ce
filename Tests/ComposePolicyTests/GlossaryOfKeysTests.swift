import ComposePolicy
import ComposeTestSupport
import Testing

/// The glossary explains every domain word that a key of the policy uses.
@Suite struct GlossaryOfKeysTests {
  /// Last parts of keys that mean what they mean everywhere.
  private static let everyday: Set = [
    "date", "directory", "from", "id", "major", "minorDigits", "month", "months", "package",
    "path", "planned", "public", "reason", "title", "until", "url", "urls",
  ]

  /// `**words**` at the beginnings of lines.
  private func entries() throws -> Set<String> {
    Set(
      try DocumentationPage("Docs/Glossary.md").lines.compactMap { line in
        line.prefixMatch(of: /\*\*(.+?)\*\*\x20/).map { String($0.output.1) }
      })
  }

  /// Keys in backticks in the first column of the table of keys.
  private func rows() throws -> [String] {
    try DocumentationPage("Docs/PolicyWords.md").table(below: "Keys")
      .flatMap { DocumentationPage.codeSpans(in: $0.first ?? "") }
  }

  /// `pendingTags` as an entry would have it: `pending tag`.
  private func word(_ name: String) -> String {
    let words = name.replacing(/[A-Z]/) { " " + $0.output.lowercased() }
    if words.hasSuffix("ies") { return words.dropLast(3) + "y" }
    return words.hasSuffix("s") ? String(words.dropLast()) : words
  }

  private func unexplained(entries: Set<String>, rows: Set<String>) -> [String] {
    PolicyKeys.all.map(\.path).filter { key in
      // Names of checks, which `Docs/Checks.md` explains.
      if key.hasPrefix("checks.") { return false }
      let name = key.split(separator: ".").last.map(String.init) ?? ""
      return name != "*" && !Self.everyday.contains(name) && !rows.contains(key)
        && !entries.contains(name) && !entries.contains(word(name))
    }
  }

  @Test func `every word of a key is explained`() throws {
    let missing = unexplained(entries: try entries(), rows: Set(try rows()))
    #expect(missing.isEmpty, "add an entry, or a row to Docs/PolicyWords.md")
  }

  @Test func `a word without entry and row is found`() throws {
    let rows = Set(try rows()).subtracting(["koji.topdir"])
    let entries = try entries().subtracting(["soak"])
    #expect(unexplained(entries: entries, rows: rows) == ["clocks.soak", "koji.topdir"])
  }

  @Test func `every row is of a key that is there, once`() throws {
    let rows = try rows()
    #expect(Set(rows).subtracting(PolicyKeys.all.map(\.path)).isEmpty)
    #expect(Set(rows).count == rows.count)
  }

  @Test func `every everyday word is used`() {
    let names = Set(PolicyKeys.all.flatMap { $0.path.split(separator: ".").map(String.init) })
    #expect(Self.everyday.isSubset(of: names))
  }
}
