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

  @Test(arguments: [Handover.Occasion.promote, .rollback])
  func `of a link that moves alone it says so`(occasion: Handover.Occasion) throws {
    let handover = try SampleHandover(
      occasion: occasion, clients: ["epel-z-7", "epel-z-debug-7"], link: "7z"
    ).handover()
    try Golden.expect(handover.text(), matches: "link-\(occasion.rawValue).txt")
    let sql = try #require(try handover.sql())
    #expect(sql.hasPrefix("-- epel-7: \(occasion.rawValue) 7.07.201908 --link 7z\n"))
    #expect(sql.contains("('epel-z-7', 'epel-7.07.201908')"))
    #expect(!sql.contains("'epel-7'"))
    // Names of clients that no name of the policy has.
    let nobody = try SampleHandover(clients: [], link: "7z").handover()
    #expect(try nobody.sql() == nil)
    #expect(nobody.text().contains("No name of 'mirrors.names.clients' goes with 7z"))
    #expect(throws: ComposeError.self) {
      try SampleHandover(link: "7z\nDROP TABLE x;").handover().sql()
    }
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
