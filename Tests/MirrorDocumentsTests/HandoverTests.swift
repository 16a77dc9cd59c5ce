import ComposeTestSupport
import MirrorDocuments
import ReleaseModel
import Testing

/// What operators of MirrorManager are handed, byte for byte.
@Suite struct HandoverTests {
  @Test(arguments: Handover.Occasion.allCases)
  func `each occasion has its steps`(occasion: Handover.Occasion) throws {
    let handover = try SampleHandover(occasion: occasion).handover()
    try Golden.expect(handover.text(), matches: "\(occasion.rawValue).txt")
    let sql = try handover.sql()
    #expect((sql != nil) == [.promote, .rollback].contains(occasion))
    if let sql { try Golden.expect(sql, matches: "\(occasion.rawValue).sql") }
  }

  @Test func `the first hand-over tells the scanner how names are made`() throws {
    let sample = SampleHandover(
      former: nil,
      mappings: [
        .init(pattern: #"^pub/epel/updates/7\.[.\d]+/"#, prefix: "epel"),
        .init(pattern: #"^pub/epel/releases/7\.[.\d]+/"#, prefix: "epel-release"),
      ])
    try Golden.expect(try sample.handover().text(), matches: "first.txt")
  }

  @Test func `without client names there is no SQL, and the text says so`() throws {
    let handover = try SampleHandover(clients: []).handover()
    #expect(try handover.sql() == nil)
    #expect(handover.text().contains("'mirrors.names.clients'"))
  }

  @Test(arguments: ["a'b", "a;b", "a b", "a\\b", "", "a\nb", "é", "$$", ":x"])
  func `what could mean something in SQL is refused`(name: String) throws {
    for sample in [
      SampleHandover(clients: [name]), SampleHandover(stream: name),
    ] {
      let handover = try sample.handover()
      let error = try #require(throws: ComposeError.self) { try handover.sql() }
      #expect(error.kind == .badData)
    }
    if let area = RelativePath(name), !name.isEmpty {
      let handover = try SampleHandover(area: area.description).handover()
      let error = try #require(throws: ComposeError.self) { try handover.sql() }
      #expect(error.kind == .badData)
    }
  }
}
