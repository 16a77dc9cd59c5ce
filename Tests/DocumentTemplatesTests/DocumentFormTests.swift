import DocumentTemplates
import Foundation
import ReleaseModel
import Testing

/// What values become in documents, and what browsers may do with pages.
@Suite struct DocumentFormTests {
  private struct Values: Sendable {
    let text: String
    let lines: [String]
    var nothing: String?
  }

  private func render(_ template: String, _ text: String, as form: DocumentForm) throws -> String {
    try TemplateSet(["page": TemplateFile(path: "page", text: template)])
      .render("page", Values(text: text, lines: [text]), as: form)
  }

  /// Each way to ask for a value gives the same: none is left unescaped.
  @Test(arguments: [
    "{{text}}", "{{{text}}}", "{{&text}}", "{{#lines}}{{.}}{{/lines}}",
    "{{#lines}}{{{.}}}{{/lines}}",
  ])
  func `markup in a value is text, however a template asks for it`(template: String) throws {
    // U+0600 and U+0D4E join with what follows, U+0301 with what comes before, to one Character.
    for mark in ["", "\u{0600}", "\u{0D4E}", "\u{110BD}"] {
      let shown = try render(template, "\(mark)<b a=\"1\" c='2'>&\u{0301}", as: .markup)
      #expect(shown == "\(mark)&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\u{0301}")
    }
  }

  @Test func `partials escape as well`() throws {
    let set = try TemplateSet([
      "page": TemplateFile(path: "page", text: "{{> part}}"),
      "part": TemplateFile(path: "part", text: "[{{text}}|{{{text}}}]"),
    ])
    #expect(
      set.render("page", Values(text: "\u{0600}<", lines: []), as: .markup)
        == "[\u{0600}&lt;|\u{0600}&lt;]")
  }

  @Test func `what hides is seen`() throws {
    for value in [0, 7, 0x1B, 0x7F, 0x9B, 0x061C, 0x200B, 0x200E, 0x202E, 0x2066, 0xFEFF, 0xFFFE] {
      let scalar = try #require(Unicode.Scalar(UInt32(value)))
      for form in DocumentForm.allCases {
        #expect(form.shown("a\(scalar)b") == "a\u{FFFD}b", "\(value) in \(form)")
      }
    }
    // Joiners are part of words.
    #expect(DocumentForm.lines.shown("\u{0646}\u{200C}\u{0647}") == "\u{0646}\u{200C}\u{0647}")
  }

  @Test func `a line stays one line, and a page keeps the lines of a text`() {
    #expect(DocumentForm.lines.shown("a\r\nBcc: b\u{2028}c") == "a\u{FFFD}\u{FFFD}Bcc: b\u{FFFD}c")
    #expect(DocumentForm.markup.shown("a\r\nb\rc\u{85}d\u{2028}e\tf\ng") == "a\nb\nc\nd\ne\tf\ng")
    #expect(DocumentForm.lines.shown("R&D <x>") == "R&D <x>")
  }

  @Test func `a value that is not there is not looked for elsewhere`() throws {
    #expect(try render("{{#nothing}}x{{/nothing}}{{^nothing}}y{{/nothing}}", "", as: .lines) == "y")
  }

  @Test func `a template that is none is bad data`() {
    let error = #expect(throws: ComposeError.self) {
      try TemplateSet(["page": TemplateFile(path: "a\u{1B}b", text: "{{#x}}")])
    }
    #expect(error?.kind == .badData)
    #expect(error?.thing == "a\u{FFFD}b")
  }

  @Test func `the policy is the first thing in the head`() {
    let page = PagePolicy.standalone(style: "\np {}\n").inserted(
      into: "<!DOCTYPE html>\n<html><head>\n<style>\np {}\n</style></head><head></html>")
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html><head>\n<meta http-equiv=\"Content-Security"))
    // openssl dgst -sha256 -binary | base64
    #expect(page.contains("default-src 'none'; style-src 'sha256-"))
    #expect(page.components(separatedBy: "Content-Security-Policy").count == 2)
    #expect(!PagePolicy.standalone(style: nil).inserted(into: "<head>").contains("style-src"))
    #expect(PagePolicy.site.inserted(into: "<svg/>") == "<svg/>")
  }

  @Test func `a template can ask whether there is anything in a value`() throws {
    struct Page: Sendable {
      let updated = ["alpha"]
      let added: [String] = []
      let reason = ""
      let count = 0
      let previous: String? = nil
      let owner: String? = "ann"
    }
    let text =
      "{{#hasUpdated}}U{{/hasUpdated}}{{#hasAdded}}A{{/hasAdded}}{{#hasReason}}R{{/hasReason}}"
      + "{{#hasCount}}C{{/hasCount}}{{^hasPrevious}}-{{/hasPrevious}}{{#hasOwner}}O{{/hasOwner}}"
      + "{{#hasNothing}}N{{/hasNothing}}"
    let templates = try TemplateSet(["t": TemplateFile(path: "t", text: text)])
    #expect(templates.render("t", Page(), as: .markup) == "U-O")
  }
}
