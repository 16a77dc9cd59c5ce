import Testing

@testable import Advisories

@Suite struct XMLTextTests {
  @Test(arguments: [
    ("a\tb\n", "a\tb\n"), ("a\r\nb\rc\n", "a\nb\nc\n"), ("\r\n\r\n", "\n\n"),
    ("\u{0}\u{B}\u{1B}[31m", "\u{FFFD}\u{FFFD}\u{FFFD}[31m"),
    ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"), ("e\u{301} 😀 \u{85}", "e\u{301} 😀 \u{85}"),
    ("\r\u{301}\n", "\n\u{301}\n"), ("", ""),
  ])
  func `text as XML can carry it`(text: String, mended: String) {
    #expect(Array(text.mendedForXML.unicodeScalars) == Array(mended.unicodeScalars))
    #expect(text.mendedForXML.unicodeScalars.allSatisfy { $0.isXML })
  }

  @Test func `a line stays one line`() {
    #expect("a\r\nb\tc\nd".mendedLine == "a b c d")
    #expect("a b".mendedLine == "a b")
  }

  @Test func `characters as people write them`() {
    #expect(Unicode.Scalar(0xB).name == "U+000B")
    #expect(Unicode.Scalar(0x1F600)?.name == "U+1F600")
  }
}
