import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

/// What the documentation says of the checkout and of errors.
@Suite struct DocumentationTests {
  @Test func `every link leads somewhere`() throws {
    for page in try DocumentationPage.all() {
      for link in page.links {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let target =
          parts[0].isEmpty
          ? page.path
          : Self.normalized((page.path as NSString).deletingLastPathComponent + "/\(parts[0])")
        guard FileManager.default.fileExists(atPath: "\(Fixtures.checkout)/\(target)") else {
          Issue.record("\(page.path): \(link) leads nowhere")
          continue
        }
        guard parts.count == 2 else { continue }
        #expect(
          try DocumentationPage(target).anchors.contains(String(parts[1])),
          "\(page.path): \(target) has no heading #\(parts[1])")
      }
    }
  }

  @Test func `every page can be found, and read at one sitting`() throws {
    let contents = try DocumentationPage("Docs/README.md").links
    for page in try DocumentationPage.all() where page.path.hasPrefix("Docs/") {
      let name = (page.path as NSString).lastPathComponent
      #expect(
        name == "README.md" || contents.contains { $0.hasPrefix(name) },
        "Docs/README.md has no link to \(name)")
      #expect(page.lines.count < 300, "\(page.path): cut it in two")
    }
  }

  /// Words in backticks that begin like types and are none of ours.
  private static let others: Set = [
    "AsyncParsableCommand", "ExclusiveArch", "ExcludeArch", "Sources",
  ]

  @Test func `what the pages name is in the code`() throws {
    let files =
      try FileManager.default.subpathsOfDirectory(atPath: Fixtures.checkout + "/Sources")
      .map { "Sources/\($0)" }
      + FileManager.default.subpathsOfDirectory(atPath: Fixtures.checkout + "/Tests")
      .map { "Tests/\($0)" }
    let swift = files.filter { $0.hasSuffix(".swift") } + ["Package.swift"]
    let declaration = /\b(?:struct|class|enum|protocol|actor|typealias) ([A-Z]\w*)/
    // Targets and other folders are named like types.
    var types = Self.others.union(
      files.flatMap { $0.split(separator: "/").dropLast().map(String.init) })
    for file in swift {
      let text = try String(contentsOfFile: "\(Fixtures.checkout)/\(file)", encoding: .utf8)
      for match in text.matches(of: declaration) { types.insert(String(match.output.1)) }
    }
    // So that a reader that finds nothing is not taken for agreement.
    #expect(types.contains("ReleaseID"))
    for page in try DocumentationPage.all() {
      for name in page.codeSpans {
        if name.hasSuffix(".swift") {
          // NAME and N stand for what somebody will choose.
          guard !name.contains("NAME"), !name.hasSuffix("N.swift") else { continue }
          if !swift.contains(where: { $0 == name || $0.hasSuffix("/\(name)") }) {
            Issue.record("\(page.path): there is no \(name)")
          }
        } else if let match = name.wholeMatch(of: /([A-Z][a-z]\w*)(\.[a-z].*)?/),
          !name.hasSuffix(".md")
        {
          // No `#expect`: it would print every type that there is.
          if !types.contains(String(match.output.1)) {
            Issue.record("\(page.path): there is no type \(name)")
          }
        } else if name.hasPrefix("Sources/") || name.hasPrefix("Tests/"),
          name.wholeMatch(of: /[\w\/.-]+/) != nil, !name.contains("NAME")
        {
          let path = name.hasSuffix("/") ? String(name.dropLast()) : name
          if !files.contains(path) { Issue.record("\(page.path): there is no \(name)") }
        }
      }
    }
  }

  @Test func `exit statuses are those of errors`() throws {
    let known = [0] + (1...255).filter { ComposeError.Kind(rawValue: $0) != nil }
    let page = try DocumentationPage("Docs/Operating.md").table(below: "Exit statuses")
    #expect(page.compactMap { $0.first.flatMap { Int32($0) } } == known)
    let manual = try String(
      contentsOfFile: "\(Fixtures.checkout)/Docs/epel-compose.1", encoding: .utf8
    ).split(separator: "\n")
    let section = manual.drop { $0 != ".SH EXIT STATUS" }.dropFirst()
      .prefix { !$0.hasPrefix(".SH") }
    #expect(
      section.compactMap { $0.hasPrefix(".B ") ? Int32($0.dropFirst(3)) : nil } == known)
  }

  /// `path` without `.`, `..` and empty components.
  private static func normalized(_ path: String) -> String {
    path.split(separator: "/").reduce(into: [Substring]()) { kept, component in
      if component == ".." {
        _ = kept.popLast()
      } else if component != "." {
        kept.append(component)
      }
    }.joined(separator: "/")
  }
}
