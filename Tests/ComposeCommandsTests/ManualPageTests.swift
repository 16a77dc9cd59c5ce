import ComposeTestSupport
import Foundation
import Testing

@Suite struct ManualPageTests {
  @Test func `the manual page is of this version`() throws {
    let manual = try String(
      contentsOfFile: "\(Fixtures.checkout)/Docs/epel-compose.1", encoding: .utf8)
    let version = try Installation().succeed(["--version"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let first = try #require(manual.split(separator: "\n").first)
    #expect(first.contains("\"epel-compose \(version)\""), "\(first)")
  }
}
