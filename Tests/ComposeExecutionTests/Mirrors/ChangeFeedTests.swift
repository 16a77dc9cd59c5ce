import ComposeTestSupport
import Foundation
import MirrorDocuments
import ReleaseLedger
import ReleaseModel
import Testing

/// The change feed: what a reader has who follows it from any serial.
@Suite struct ChangeFeedTests {
  /// Three changes, each told.
  private func filled() throws -> ModuleStage {
    let stage = try ModuleStage()
    try stage.fill()
    try stage.owe()
    try stage.tell()
    try stage.write(
      "<repomd>2</repomd>", to: "updates/7.06.201903/Everything/x86_64/repodata/repomd.xml")
    try stage.write("rpm 2", to: "updates/7.06.201903/Everything/x86_64/Packages/a/alpha-2.rpm")
    try stage.owe("update 7.06.201903")
    try stage.tell()
    try FileManager.default.removeItem(atPath: "\(stage.module)/8")
    try stage.write("<repomd/>", to: "updates/7.07.201908/Everything/x86_64/repodata/repomd.xml")
    try stage.flip(to: "7.07.201908")
    try stage.owe("promote 7.07.201908")
    try stage.tell()
    return stage
  }

  @Test func `from any serial, applying documents gives the list of the head`() throws {
    let stage = try filled()
    let head = try #require(try stage.head())
    #expect(head.serial == 3)
    #expect(head.oldest == 1)
    let list = try stage.listing()
    for start in 0...3 {
      var listing = try stage.replayed(upTo: start)
      for serial in stride(from: start + 1, through: 3, by: 1) {
        listing = try #require(try stage.difference(serial)).applied(to: listing)
      }
      #expect(listing == list, "from \(start)")
    }
  }

  @Test func `a document says what happened`() throws {
    let stage = try filled()
    let push = try #require(try stage.document(2))
    #expect(push.command == "update")
    #expect(push.release == "7.06.201903")
    #expect(push.links == [:])
    #expect(push.repositories.map(\.path) == ["updates/7.06.201903/Everything/x86_64"])
    let path = "updates/7.06.201903/Everything/x86_64/repodata/repomd.xml"
    #expect(push.repositories.first?.sha256 == (try stage.list()?.checksums[.sha256]?[path]))
    #expect(push.repositories.first?.size == 18)
    let flip = try #require(try stage.document(3))
    #expect(flip.command == "promote")
    #expect(flip.links == ["releases/7": "../updates/7", "updates/7": "7.07.201908"])
    #expect(flip.removed > 0)
    let difference = try #require(try stage.difference(3))
    #expect(flip.added == difference.added)
    #expect(flip.changed == difference.changed)
    #expect(flip.removed == difference.removed)
  }

  @Test func `a further hard link of an index is no other repository`() throws {
    let stage = try filled()
    let path = "updates/7.06.201903/Everything/x86_64/repodata/repomd.xml"
    // The second that a list tells has to pass.
    Thread.sleep(forTimeInterval: 1.1)
    try FileManager.default.linkItem(
      atPath: "\(stage.module)/\(path)", toPath: "\(stage.module)/linked")
    try stage.owe("archive 7.06.201903")
    try stage.tell()
    let document = try #require(try stage.document(4))
    #expect(document.changed > 0)
    #expect(document.repositories.isEmpty, "\(document.repositories)")
  }

  @Test func `the feed is listed as all else, and no difference makes no serial`() throws {
    let stage = try filled()
    #expect(try stage.found() == stage.expected())
    try stage.owe()
    try stage.tell()
    #expect(try stage.head()?.serial == 3)
    #expect(try stage.ledger.mirrorModules().map(\.serial) == [3])
  }

  @Test func `gzip has neither time nor name`() throws {
    let stage = try filled()
    let bytes = try stage.bytes("changes/00000001.paths.gz")
    #expect(Array(bytes.prefix(9)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0])
  }

  @Test func `without the key there is no feed, but one that is there goes on`() throws {
    let stage = try ModuleStage(mirrors: "")
    try stage.fill()
    try stage.tell()
    #expect(!FileManager.default.fileExists(atPath: "\(stage.module)/changes"))
    // Of another stream in the same module.
    let other = FeedHead(
      module: try #require(ModuleName("epel")), serial: 0, oldest: 0, time: 0)
    try stage.write(
      String(decoding: other.bytes(), as: UTF8.self), to: "changes/head.json")
    try stage.write("new", to: "8/new")
    try stage.tell()
    #expect(try stage.head()?.serial == 1)
    #expect(try stage.document(1)?.added == 1)
  }

  @Test(arguments: ["list", "documents", "paths", "head", "all", "foreign"])
  func `a serial is never used again, and readers begin anew where something is lost`(
    lost: String
  ) throws {
    let stage = try filled()
    func remove(_ path: String) throws {
      try FileManager.default.removeItem(atPath: "\(stage.module)/\(path)")
    }
    switch lost {
    case "list": try remove("fullfiletimelist-epel")
    case "documents": try remove("changes/00000003.json")
    case "paths": try remove("changes/00000003.paths.gz")
    case "head": try remove("changes/head.json")
    case "all": try remove("changes")
    default:
      // A list that somebody else has written since.
      try stage.write("x", to: "8/foreign")
      var list = try #require(try stage.list())
      list.files = list.files.merged(with: FileListing(text: Array("1\tf\t1\t8/foreign\n".utf8)))
      try stage.write(String(decoding: list.bytes, as: UTF8.self), to: "fullfiletimelist-epel")
    }
    try stage.write("new", to: "8/new")
    try stage.owe("update 7.07.201908")
    try stage.tell()
    let head = try #require(try stage.head())
    #expect(head.serial == 4)
    #expect(try stage.document(4)?.serial == 4)
    // What is known completely goes on; else whoever is older reads the list.
    #expect(head.oldest == (["list", "head", "documents"].contains(lost) ? 1 : 4))
    if head.oldest == 1 { #expect(try stage.replayed(upTo: 4) == stage.listing()) }
    #expect(try stage.found() == stage.expected())
    // From here on documents follow each other again.
    let here = try stage.listing()
    try stage.write("newer", to: "8/newer")
    try stage.tell()
    #expect(try stage.head()?.serial == 5)
    #expect(try stage.head()?.oldest == head.oldest)
    #expect(try #require(try stage.difference(5)).applied(to: here) == stage.listing())
  }

  @Test func `documents older than 400 days go, except the newest 100`() throws {
    let stage = try ModuleStage()
    stage.now = Int(Date().timeIntervalSince1970)
    try stage.write("0", to: "8/a")
    for number in 1...104 {
      try stage.write(String(repeating: "x", count: number), to: "8/a")
      try stage.tell()
    }
    #expect(try stage.head()?.oldest == 1)
    stage.now = Int(Date().timeIntervalSince1970) + 401 * 86_400
    try stage.write("y", to: "8/b")
    try stage.tell()
    #expect(try stage.head()?.oldest == 6)
    #expect(try stage.document(6) != nil)
    #expect(throws: (any Error).self) { try stage.document(5) }
    #expect(throws: (any Error).self) { try stage.bytes("changes/00000005.paths.gz") }
    #expect(try stage.found() == stage.expected())
  }
}
