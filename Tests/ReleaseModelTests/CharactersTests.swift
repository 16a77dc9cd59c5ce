import ReleaseModel
import Testing

/// Which texts can be names in paths, URLs and configuration.
@Suite struct CharactersTests {
  @Test(arguments: ["epel-7", "a", "0", "Z._+-", "7.06.201903"])
  func lettersDigitsAndMarks(text: String) {
    #expect(text.consistsOfAlphanumerics(and: "._+-"))
    #expect(text.dropFirst(0).consistsOfAlphanumerics(and: "._+-", first: ""))
  }

  @Test(arguments: [
    "", "epel 7", "epel/7", "epel\n", "epel\u{0}", "é", "ｅ", "{", "@", "[", "`", "/", ":",
  ])
  func nothingElse(text: String) {
    #expect(!text.consistsOfAlphanumerics(and: "._+-"))
  }

  @Test func howItBegins() {
    #expect("-a".consistsOfAlphanumerics(and: "-"))
    #expect(!"-a".consistsOfAlphanumerics(and: "-", first: ""))
    #expect("/a".consistsOfAlphanumerics(and: "-/", first: "/"))
    #expect(!"-a".consistsOfAlphanumerics(and: "-/", first: "/"))
  }
}
