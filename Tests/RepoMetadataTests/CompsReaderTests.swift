import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@testable import RepoMetadata

@Suite struct CompsReaderTests {
  private func groups(_ text: String) throws -> [CompsGroup] { try groups(Array(text.utf8)) }

  private func groups(_ bytes: [UInt8]) throws -> [CompsGroup] {
    try CompsReader.groups(in: OpenedMetadata(contents: bytes, of: "c.xml"), of: "c.xml")
  }

  private func cause(_ text: String) -> String? {
    do {
      _ = try groups(text)
      return nil
    } catch { return (error as? ComposeError)?.cause }
  }

  @Test func `groups with their packages, in the forms that XML has`() throws {
    let found = try groups(
      """
      \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" 'comps.dtd'>
      <!-- <group> -->
      <comps>
        <group a = "x>y" ><id> tools&#45;&#x32; </id><name xml:lang='de'>Werkzeug &amp; mehr</name>
          <packagelist><packagereq type="default"><![CDATA[alpha]]></packagereq>
            <packagereq requires="x"/><packagereq>beta&lt;</packagereq ></packagelist>
        </group>
        <category><id>c</id></category><group><id>empty</id></group>
      </comps>

      """)
    #expect(
      found == [
        CompsGroup(id: " tools-2 ", packages: ["alpha", "", "beta<"]),
        CompsGroup(id: "empty", packages: []),
      ])
  }

  /// Foundation's parser ended the process on the first two.
  @Test func `names that are no text are refused`() throws {
    #expect(throws: ComposeError.self) {
      try groups(Array("<comps><nam".utf8) + [0xE5] + Array(">x</a></comps>".utf8))
    }
    #expect(
      cause("<!DOCTYPE comps PUBLIC \"-//A//EN\"comps.dtd\">\n<comps></comps>")
        == "it is not a comps document (line 2)")
  }

  @Test(arguments: [
    "", "<comps>", "<comps/><comps/>", "text", "<comps></comps>text", "<comps></other>",
    "<comps><group></comps></group>", "<comps>&unknown;</comps>", "<comps>&#0;</comps>",
    "<comps>&#xD800;</comps>", "<comps a=b/>", "<comps a=\"<\"/>", "<comps a='1'b='2'/>", "<1/>",
    "<comps><![CDATA[</comps>", "<!-- ", "<comps>\u{1}</comps>",
    "<!DOCTYPE comps [<!ENTITY a \"b\">]><comps>&a;</comps>",
  ])
  func `what is not well formed is refused`(text: String) {
    #expect(cause(text)?.hasPrefix("it is not a comps document (line ") == true)
  }

  @Test func `elements in each other have an end`() {
    let depth = 100_000
    #expect(
      cause("<comps>" + String(repeating: "<a>", count: depth)) != nil)
    #expect(cause("<other/>") == "it is not a comps document")
  }

  @Test func `what unpacks to far more than it is is refused`() throws {
    let scratch = try TemporaryDirectory()
    let file = scratch.path("bomb.gz")
    try Shell.check("sh", ["-c", "head -c 300M /dev/zero | gzip -1 | gzip -1 > \(file)"])
    #expect {
      try OpenedMetadata(file: file)
    } throws: { error in
      (error as? ComposeError)?.cause.contains("times its size") == true
    }
  }
}
