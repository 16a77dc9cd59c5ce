import ReleaseModel
import Testing

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("plain-1.0_~", "plain-1.0_~"), ("a b", "a%20b"), ("é", "%C3%A9"),
    ("a/b?c&d=e%", "a%2Fb%3Fc%26d%3De%25"),
    ("\n\u{7F}", "%0A%7F"), ("", ""),
  ])
  func `one part of a URL`(text: String, encoded: String) {
    #expect(text.percentEncoded == encoded)
  }

  @Test func `slashes of a path stay`() {
    #expect("pub/epel 7/x+y".percentEncodedPath == "pub/epel%207/x%2By")
  }

  @Test func `who asks says what is kept`() {
    #expect("a b/é".percentEncoded { $0 > 0x20 && $0 < 0x7F } == "a%20b/%C3%A9")
  }
}
