import ComposeTestSupport
import ReleaseLedger
import Testing

@Suite struct DocumentedTablesTests {
  @Test func `the page of formats has each table of the ledger`() throws {
    let rows = try DocumentationPage("Docs/Formats.md").table(below: "Ledger")
    let documented = rows.compactMap(\.first).flatMap(DocumentationPage.codeSpans(in:))
    var tables: Set<String> = []
    for migration in Schema.migrations {
      for match in migration.sql.matches(of: /CREATE TABLE (\w+)/) {
        tables.insert(String(match.output.1))
      }
      for match in migration.sql.matches(of: /DROP TABLE (\w+)/) {
        tables.remove(String(match.output.1))
      }
    }
    #expect(documented.sorted() == tables.sorted())
  }
}
