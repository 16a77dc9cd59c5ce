import ComposeTestSupport
import Digests
import MirrorDocuments
import ReleaseModel
import Testing

@Suite struct FileListingTests {
  private static func listing(_ rows: [String]) -> FileListing {
    FileListing(text: Array(rows.map { "\($0)\n" }.joined().utf8))
  }

  private static func text(_ listing: FileListing) -> String {
    String(decoding: listing.text, as: UTF8.self)
  }

  @Test func `a row is written as mirrors read it`() {
    var listing = FileListing()
    listing.append(
      time: 1_567_166_400, kind: .directory, access: .everybody, size: 4096, path: "updates".utf8)
    listing.append(
      time: 0, kind: .file, access: .restricted, size: 0, path: "updates/a\u{e4}".utf8)
    listing.append(
      time: -5, kind: .link, access: .withinRestricted, size: 11, path: "updates/b".utf8)
    #expect(
      Self.text(listing)
        == "1567166400\td\t4096\tupdates\n0\tf-\t0\tupdates/a\u{e4}\n-5\tl*\t11\tupdates/b\n")
    #expect(listing[1] == .init(time: 0, type: "f-", size: 0, path: "updates/a\u{e4}"))
    #expect(listing.path(at: 2).elementsEqual("updates/b".utf8))
    #expect(listing.row(of: "updates/b")?.size == 11)
    #expect(listing.row(of: "updates/c") == nil)
  }

  @Test func `rows of others are sorted, the last of a path stays, lines that are none go`() {
    let listing = Self.listing([
      "1\tf\t1\tb", "2\td\t1\ta", "3\tf\t1\ta/b", "no row", "4\tf\t1\ta-b", "5\tf\t2\tb",
    ])
    #expect(
      Self.text(listing) == "2\td\t1\ta\n4\tf\t1\ta-b\n3\tf\t1\ta/b\n5\tf\t2\tb\n")
  }

  @Test func `a line that is no row between sorted rows goes as well`() {
    let listing = Self.listing(["1\tf\t1\ta", "#", "1\tf\t1\tb"])
    #expect(Self.text(listing) == "1\tf\t1\ta\n1\tf\t1\tb\n")
    #expect(listing.count == 2)
  }

  @Test func `a difference turns one listing into the other`() throws {
    let old = Self.listing(["1\tf\t1\ta", "1\tf\t1\tb", "1\td\t1\tc", "1\tf\t1\tc/d"])
    let new = Self.listing(["1\tf\t1\ta", "2\tf\t1\tb", "1\td\t1\te", "1\tf\t1\te/f"])
    let difference = ListDifference(from: old, to: new)
    #expect(
      String(decoding: difference.text, as: UTF8.self)
        == "C\t2\tf\t1\tb\nD\tc\nD\tc/d\nA\t1\td\t1\te\nA\t1\tf\t1\te/f\n")
    #expect([difference.added, difference.changed, difference.removed] == [2, 1, 2])
    #expect(difference.applied(to: old) == new)
    // Again, and from nothing, it says what is true already.
    #expect(difference.applied(to: new) == new)
    #expect(ListDifference(text: difference.text) == difference)
    #expect(ListDifference(from: new, to: new).isEmpty)
    #expect(ListDifference(text: Array("X\ta\n".utf8)) == nil)
    #expect(ListDifference(text: Array("A\t1\tf\t1\ta".utf8)) == nil)
  }
}

@Suite struct FileTimeListTests {
  private static func sample() throws -> FileTimeList {
    var files = FileListing()
    files.append(
      time: 1_567_166_400, kind: .directory, access: .everybody, size: 4096,
      path: "updates/7.07.201908".utf8)
    files.append(
      time: 1_567_166_401, kind: .link, access: .everybody, size: 11, path: "updates/7".utf8)
    let sorted = FileListing(text: files.text)
    return FileTimeList(
      files: sorted,
      digests: ["updates/7.07.201908/repodata/repomd.xml": try FileDigests(of: Array("x".utf8))])
  }

  @Test func `the list byte for byte`() throws {
    try Golden.expect(
      String(decoding: Self.sample().bytes, as: UTF8.self), matches: "fullfiletimelist-epel")
    var paths: [UInt8] = []
    try Self.sample().writePaths { paths.append(contentsOf: $0) }
    #expect(
      String(decoding: paths, as: UTF8.self) == "./updates/7\n./updates/7.07.201908\n")
  }

  @Test func `a list is read back, of nothing too`() throws {
    let list = try Self.sample()
    #expect(FileTimeList(bytes: list.bytes) == list)
    let empty = FileTimeList()
    #expect(FileTimeList(bytes: empty.bytes) == empty)
  }

  @Test func `a list that is cut off anywhere is none`() throws {
    let bytes = try Self.sample().bytes
    for count in 0..<bytes.count {
      #expect(FileTimeList(bytes: Array(bytes.prefix(count))) == nil, "\(count) bytes")
    }
  }

  @Test(arguments: [
    "[Version]\n3\n\n[Files]\n\n[End]\n", "[Files]\n\n[End]\n", "[Version]\n2\n\n[End]\n",
    "[End]\n\n[Version]\n2\n\n[Files]\n", "",
  ])
  func `another form is none`(text: String) {
    #expect(FileTimeList(bytes: Array(text.utf8)) == nil)
  }

  @Test func `a list of create-filelist, which has one kind of checksums, is read`() throws {
    let text = """
      [Version]
      2

      [Files]
      2\tf\t1\tb
      1\tf\t1\ta

      [Checksums SHA1]
      00\ta

      [End]

      """
    let list = try #require(FileTimeList(bytes: Array(text.utf8)))
    #expect(String(decoding: list.files.text, as: UTF8.self) == "1\tf\t1\ta\n2\tf\t1\tb\n")
    #expect(list.checksums[.sha1] == ["a": "00"])
    #expect(list.checksums[.md5] == [:])
  }
}

@Suite struct FeedDocumentTests {
  private static func document() throws -> FeedDocument {
    FeedDocument(
      module: try #require(ModuleName("epel")), serial: 42, time: 1_567_166_400, stream: "epel-7",
      command: "promote", release: "7.07.201908", links: ["updates/7": "7.07.201908"],
      repositories: [
        .init(
          path: "updates/7.07.201908/Everything/x86_64", sha256: "aa", size: 4123,
          timestamp: 1_567_166_399)
      ],
      difference: ListDifference(
        from: FileListing(), to: FileListing(text: Array("1\tf\t1\ta\n".utf8))), list: "bb")
  }

  @Test func `a document byte for byte`() throws {
    #expect(
      try String(decoding: Self.document().bytes(), as: UTF8.self)
        == #"{"added":1,"changed":0,"command":"promote","format":1,"#
        + #""links":{"updates/7":"7.07.201908"},"list":"bb","module":"epel","#
        + #""paths":"00000042.paths.gz","release":"7.07.201908","removed":0,"#
        + #""repositories":[{"path":"updates/7.07.201908/Everything/x86_64","sha256":"aa","#
        + #""size":4123,"timestamp":1567166399}],"serial":42,"stream":"epel-7","#
        + #""time":"2019-08-30T12:00:00Z"}"# + "\n")
    #expect(try FeedDocument(bytes: Self.document().bytes()) == Self.document())
    #expect(FeedDocument(bytes: Array("{}".utf8)) == nil)
  }

  @Test func `the head byte for byte`() throws {
    let head = FeedHead(
      module: try #require(ModuleName("epel")), serial: 42, oldest: 7, time: 1_567_166_400)
    #expect(
      try String(decoding: head.bytes(), as: UTF8.self)
        == #"{"format":1,"module":"epel","oldest":7,"serial":42,"time":"2019-08-30T12:00:00Z"}"#
        + "\n")
    #expect(try FeedHead(bytes: head.bytes()) == head)
    #expect(FeedHead(bytes: Array(#"{"format":1,"serial":-1}"#.utf8)) == nil)
  }

  @Test func `names of files have serials`() {
    #expect(FeedNames.document(42) == "00000042.json")
    #expect(FeedNames.paths(123_456_789) == "123456789.paths.gz")
    #expect(FeedNames.serial(of: "00000042.json")?.serial == 42)
    #expect(FeedNames.serial(of: "00000042.paths.gz")?.hasPaths == true)
    for name in ["head.json", "42.json", "00000042.json~", "0000000a.json"] {
      #expect(FeedNames.serial(of: name) == nil, "\(name)")
    }
  }
}
