import Foundation

/// A page of the documentation, for tests that compare it with the program.
package struct DocumentationPage: Sendable {
  /// Below the checkout, such as `Docs/Operating.md`.
  package let path: String
  /// Without the contents of fenced blocks: those are examples.
  package let lines: [String]

  /// - Parameter path: below the checkout.
  package init(_ path: String) throws {
    self.path = path
    let text = try String(contentsOfFile: "\(Fixtures.checkout)/\(path)", encoding: .utf8)
    var isFenced = false
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isFenced.toggle()
        return nil
      }
      return isFenced ? nil : String(line)
    }
  }

  /// Every page that people read: those of `Docs`, and those at the top.
  package static func all() throws -> [DocumentationPage] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(Fixtures.checkout)/Docs")
    return try names.filter { $0.hasSuffix(".md") }.sorted().map {
      try DocumentationPage("Docs/\($0)")
    }
      + ["README.md", "CONTRIBUTING.md"].map { try DocumentationPage($0) }
  }

  /// Rows of the first table below `heading`, without its head; each cell
  /// without the spaces around it. Empty where there is no such table.
  ///
  /// - Parameter heading: its text, without `#`.
  package func table(below heading: String) -> [[String]] {
    let start = lines.firstIndex { Self.heading($0) == heading }
    guard let start else { return [] }
    let below = lines[(start + 1)...].prefix { Self.heading($0) == nil }
    let rows = below.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
    return rows.dropFirst(2).map { row in
      row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What stands between backticks, on one line each.
  package var codeSpans: [String] { lines.flatMap(Self.codeSpans(in:)) }

  /// What stands between backticks in `text`.
  package static func codeSpans(in text: String) -> [String] {
    text.matches(of: /`([^`]+)`/).map { String($0.output.1) }
  }

  /// Targets of links, with what follows `#`, but for those to other servers.
  package var links: [String] {
    lines.flatMap { line in
      line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
        .filter { !$0.hasPrefix("https://") && !$0.hasPrefix("http://") }
    }
  }

  /// What a link may have after `#`: the headings as GitHub writes them in
  /// addresses.
  package var anchors: Set<String> {
    Set(
      lines.compactMap(Self.heading).map { heading in
        heading.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
          .replacing(" ", with: "-")
      })
  }

  private static func heading(_ line: String) -> String? {
    let text = line.drop { $0 == "#" }
    guard text.count < line.count, text.hasPrefix(" ") else { return nil }
    return text.trimmingCharacters(in: .whitespaces)
  }
}
