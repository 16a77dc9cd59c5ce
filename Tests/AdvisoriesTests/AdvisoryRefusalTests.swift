import ReleaseModel
import Testing

@testable import Advisories

@Suite struct AdvisoryRefusalTests {
  private func read(_ text: String, file: String = "a.yaml") throws -> [Advisory] {
    try AdvisoryNode.advisories(text: text, file: file).map { try Advisory($0) }
  }

  @Test func `the file that the cases change is valid`() throws {
    #expect(try read(AdvisoryMistake.valid).map(\.id) == ["X-1"])
  }

  @Test(arguments: AdvisoryMistake.ofText + AdvisoryMistake.ofValues)
  func `a mistake is refused with its line and a remedy`(mistake: AdvisoryMistake) {
    #expect(AdvisoryMistake.valid.contains(mistake.old))
    let text = AdvisoryMistake.valid.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    let error = #expect(throws: ComposeError.self) { try read(text) }
    #expect(error?.kind == .badData)
    #expect(error?.description == "a.yaml:\(mistake.message)")
  }

  @Test(arguments: [
    ("", "1: there is no advisory in it. Write one, or remove the file."),
    ("# nothing\n", "1: there is no advisory in it. Write one, or remove the file."),
    ("beta", "1: an advisory must be a mapping of keys. Write 'key: value' lines."),
    ("- beta", "1: an advisory must be a mapping of keys. Write 'key: value' lines."),
    (
      "- {id: A}\n- - id: A",
      "1: 'issued' is missing. Add the key: when it is published first, in UTC: `2024-02-29` or "
        + "`2024-02-29 16:04:00`; what was served once stays."
    ),
    ("\t- a", "1: it is not YAML: found character that cannot start any token. Correct the line."),
  ])
  func `a file without advisories`(text: String, message: String) {
    let error = #expect(throws: ComposeError.self) { try read(text) }
    #expect(error?.description == "a.yaml:\(message)")
  }

  @Test func `an empty list is no mistake`() throws {
    #expect(try read("[]").isEmpty)
  }

  @Test func `nesting without end is refused, and does not end the program`() {
    let error = #expect(throws: ComposeError.self) {
      try read(String(repeating: "[", count: 100_000))
    }
    #expect(error?.kind == .badData)
  }
}
