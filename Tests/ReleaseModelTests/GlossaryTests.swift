import ComposeTestSupport
import Foundation
import Testing

/// The glossary explains every type of the model, and none that is not there.
@Suite struct GlossaryTests {
  /// Names of the types of `ReleaseModel` that are not inside another one.
  private func types() throws -> Set<String> {
    let directory = Fixtures.checkout + "/Sources/Model/ReleaseModel"
    let declaration =
      /(?m)^package (?:final |indirect )*(?:struct|class|enum|protocol|actor) (\w+)/
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: directory)
    where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8)
      for match in text.matches(of: declaration) { names.insert(String(match.output.1)) }
    }
    return names
  }

  /// Names in backticks in the second column of the table of types.
  private func explained() throws -> [String] {
    try DocumentationPage("Docs/Glossary.md").table(below: "Types of the model").flatMap { row in
      row.count < 2 ? [] : DocumentationPage.codeSpans(in: row[1])
    }
  }

  @Test func `every type of the model has a row`() throws {
    let types = try types()
    // So that a reader that finds no types is not taken for agreement.
    #expect(types.contains("ReleaseID"))
    let missing = types.subtracting(try explained()).sorted()
    #expect(missing.isEmpty, "add a row to Docs/Glossary.md, 'Types of the model'")
  }

  @Test func `every row is of a type that is there, once`() throws {
    let explained = try explained()
    let stale = Set(explained).subtracting(try types()).sorted()
    #expect(stale.isEmpty, "take it out of Docs/Glossary.md, 'Types of the model'")
    let twice = Dictionary(grouping: explained) { $0 }.filter { $1.count > 1 }.keys.sorted()
    #expect(twice.isEmpty)
  }
}
