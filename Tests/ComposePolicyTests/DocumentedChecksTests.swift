import ComposePolicy
import ComposeTestSupport
import Testing

@Suite struct DocumentedChecksTests {
  @Test func `the page of checks has each, in their order`() throws {
    let rows = try DocumentationPage("Docs/Checks.md").table(below: "The checks")
    #expect(rows.compactMap(\.first) == CheckName.allCases.map { "`\($0.rawValue)`" })
  }
}
