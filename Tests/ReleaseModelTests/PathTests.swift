import ReleaseModel
import Testing

@Suite struct PathTests {
  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/.", "a\nb", "a/\u{0}", "a\u{7F}",
    String(repeating: "x", count: 256),
  ])
  func `a path that could leave its directory is no path`(text: String) {
    #expect(RelativePath(text) == nil)
  }

  @Test func `a plain path keeps its parts`() throws {
    let path = try #require(RelativePath("Everything/x86_64/Packages/e/eta^1~2.rpm"))
    #expect(path.name == "eta^1~2.rpm")
    #expect(path.parent?.description == "Everything/x86_64/Packages/e")
    #expect(path.isWithin(try #require(RelativePath("Everything/x86_64"))))
    #expect(!path.isWithin(try #require(RelativePath("Everything/x86"))))
    #expect(path.sibling(named: "..") == nil)
    #expect(path.sibling(named: "b")?.description == "Everything/x86_64/Packages/e/b")
  }

  @Test(arguments: [
    ("README-RETIRED*", "README-RETIRED", true), ("README-RETIRED*", "README-RETIRED.md", true),
    ("README-RETIRED*", "readme-retired", false), ("README-RETIRED*", "A-README-RETIRED", false),
    ("*.txt", "a.b.txt", true), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false),
    ("a?c", "abc", true), ("a?c", "ac", false), ("*", "", true),
  ])
  func `patterns match whole names`(pattern: String, name: String, expected: Bool) {
    #expect(GlobPattern(pattern).matches(name) == expected)
  }

  @Test func `text for display cannot move the cursor`() {
    #expect("a\u{1B}[31mb\nc\u{202E}d".sanitizedForDisplay == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d")
    #expect("žluťoučký".sanitizedForDisplay == "žluťoučký")
  }
}
