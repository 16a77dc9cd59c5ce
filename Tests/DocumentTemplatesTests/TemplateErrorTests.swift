import DocumentTemplates
import ReleaseModel
import Testing

/// What is wrong with a template that somebody has edited is told with its line.
@Suite struct TemplateErrorTests {
  private func cause(_ text: String) -> String? {
    do {
      _ = try TemplateSet(["t": TemplateFile(path: "t.mustache", text: text)])
      return nil
    } catch { return (error as? ComposeError)?.cause }
  }

  @Test(arguments: [
    ("Hello\n{{#open}}\n", "line 2: a section"), ("{{#open}}", "line 1: a section"),
    ("one\ntwo\n{{#a}}x{{/b}}\nfour\n", "line 3: a section is closed by another name"),
    ("one\n{{name\n", "line 2: "),
  ])
  func `the line and the reason`(text: String, words: String) {
    let found = cause(text)
    #expect(found?.contains(words) == true, "\(found ?? "taken")")
    #expect(found?.contains("ParserError") == false)
  }

  @Test func `a whole template is taken`() {
    #expect(cause("{{#section}}{{name}}{{/section}}\n") == nil)
  }
}
