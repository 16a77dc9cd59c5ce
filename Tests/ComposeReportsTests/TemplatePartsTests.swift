import ComposeTestSupport
import Foundation
import Testing

@testable import ComposeReports

/// What templates include.
@Suite struct TemplatePartsTests {
  private struct Values: Sendable { let name = "alpha" }

  private func rendered(_ template: String, name: String = "mine.txt") throws -> String {
    let scratch = try TemporaryDirectory()
    try scratch.write(template, to: "\(name).mustache")
    try scratch.write("body { color: black }", to: "site/site.css")
    try scratch.write("part of {{name}}", to: "site/part.mustache")
    return try TemplateLibrary(directories: [scratch.path]).render(name, Values())
  }

  @Test(arguments: ["{{> style}}", "{{>style}}", "{{>  style  }}"])
  func theStyleSheetIsThereWhereItIsIncluded(tag: String) throws {
    #expect(try rendered("\(tag) {{name}}").hasPrefix("body { color: black }"))
  }

  @Test func aPartIsRendered() throws {
    #expect(try rendered("{{> part}}!") == "part of alpha!")
  }

  @Test func nothingIsThereThatIsNotIncluded() throws {
    #expect(try rendered("{{name}}") == "alpha")
  }
}
