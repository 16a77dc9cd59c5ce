import ReleaseModel
import Testing

@Suite struct ReleaseIDTests {
  @Test(arguments: ["7.06.201903", "7.10.202012", "10.1", "10.12", "7.00.201406"])
  func `a release reads back as it was written`(text: String) throws {
    #expect(try ReleaseID(text).description == text)
  }

  @Test(arguments: [
    ("", "1 part,"), ("7", "1 part,"), ("7.06.201903.1", "parts"),
    ("7.06.201913", "year and month"),
    ("7.06.201900", "year and month"), ("7.06.19", "year and month"), ("7.6a", "digits"),
    ("7..201903", "digits"), ("07.06", "leading zeros"), ("7.006", "two digits"),
    ("-7.06", "digits"), ("7.06.２０１９０３", "digits"), ("7.06\n", "digits"),
  ])
  func `a malformed release says what is wrong`(text: String, cause: String) {
    let error = #expect(throws: ComposeError.self) { try ReleaseID(text) }
    #expect(error?.kind == .usage)
    #expect(error?.cause.contains(cause) == true)
    #expect(error?.thing.contains("\n") == false)
  }

  @Test func `releases order by numbers, not by text`() throws {
    let ordered = try [
      "7.06", "7.06.201903", "7.06.201904", "7.10.201901", "10.1", "10.2", "10.12",
    ]
    .map { try ReleaseID($0) }
    #expect(ordered.shuffled().sorted() == ordered)
  }

  @Test func `the minor release is the number without padding`() throws {
    #expect(try ReleaseID("7.06.201903").minorRelease.description == "7.6")
    #expect(try ReleaseID("7.06.201903").paddedMinor == "06")
  }
}
