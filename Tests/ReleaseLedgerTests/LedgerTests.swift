import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

@Suite struct LedgerTests {
  private static let first = id("7.06.201903")
  private static let second = id("7.07.201908")

  private static func id(_ text: String) -> ReleaseID {
    do { return try ReleaseID(text) } catch { fatalError("\(error)") }
  }
  private let checksum = Checksum(digest: Array(repeating: 1, count: 32))

  private func begin(
    _ ledger: Ledger, _ id: ReleaseID, revision: Int = 5, respin: Int = 0
  ) throws {
    let path = try RelativePath.of("updates/\(id)")
    try ledger.commit { change in
      try change.beginRelease(
        id, respin: respin, previous: nil, composeTag: "tag-\(id)", planDigest: "d",
        allowUnsigned: false, at: 100)
      try change.setTree(
        TreeRecord(
          name: TreeName(area: .updates, release: id, path: path), place: .staging,
          manifest: checksum, revision: revision, packages: 3, bytes: 9))
      try change.setState(.staged, of: id, at: 101)
    }
  }

  @Test func `a release goes through its life`() throws {
    let ledger = try Ledger.inMemory()
    try begin(ledger, Self.first)
    #expect(try ledger.revisionFloor() == 0, "nobody has seen a staged tree")
    try ledger.commit { try $0.setState(.published, of: Self.first, at: 102) }
    #expect(try ledger.revisionFloor() == 5)
    try ledger.commit { try $0.setCurrent(Self.first, formerBecomes: .superseded, at: 103) }
    try begin(ledger, Self.second)
    try ledger.commit { try $0.setCurrent(Self.second, formerBecomes: .superseded, at: 104) }
    let releases = try ledger.releases()
    #expect(releases.map(\.state) == [.superseded, .current])
    #expect(releases.map(\.promotion) == [1, 2])
    #expect(releases.map(\.sequence) == [1, 2])
    #expect(try ledger.currentRelease()?.id == Self.second)
    #expect(releases[0].tree(.updates)?.packages == 3)
    #expect(releases[0].tree(.releases) == nil)
  }

  @Test func `an abandoned release starts anew with the next respin`() throws {
    let ledger = try Ledger.inMemory()
    try begin(ledger, Self.first)
    try ledger.commit { change in
      try change.addBuilds(
        [
          BuildRecord(
            package: "eta", evr: EVR(epoch: 1, version: "0.9", rpmRelease: "1"), push: 0,
            marker: nil)
        ], to: Self.first)
      try change.setState(.abandoned, of: Self.first, at: 105)
    }
    try begin(ledger, Self.first, respin: 1)
    let release = try #require(try ledger.release(Self.first))
    #expect(release.respin == 1)
    #expect(try ledger.builds(of: Self.first).isEmpty)
    // What was never staged does not count.
    try ledger.commit { try $0.forgetRelease(Self.first) }
    #expect(try ledger.release(Self.first)?.state == .abandoned)
    #expect(try ledger.release(Self.first)?.respin == 0)
    try begin(ledger, Self.second)
    try ledger.commit { try $0.forgetRelease(Self.second) }
    #expect(try ledger.release(Self.second) == nil)
  }

  @Test func `builds and retirements read back as written`() throws {
    let ledger = try Ledger.inMemory()
    try begin(ledger, Self.first)
    let marker = MarkerRecord(
      marker: RetirementMarker(path: "/usr/share/doc/g/README-RETIRED", text: "Gone.\n"),
      rpm: "gamma-doc-1-2.noarch.rpm")
    let build = BuildRecord(
      package: "gamma", evr: EVR(epoch: 1, version: "1", rpmRelease: "2"), push: 2, marker: marker)
    let retired = RetirementRecord(
      package: "epsilon", evr: EVR(version: "1", rpmRelease: "1"), marker: marker)
    try ledger.commit { change in
      try change.addBuilds([build], to: Self.first)
      try change.addRetirements([retired], to: Self.first)
    }
    #expect(try ledger.builds(of: Self.first) == [build])
    #expect(try ledger.retirements(of: Self.first) == [retired])
    #expect(try ledger.builds(of: Self.second).isEmpty)
  }

  @Test func `only one operation can be open`() throws {
    let ledger = try Ledger.inMemory()
    func open() throws -> Int {
      try ledger.commit {
        try $0.openOperation(kind: "promote", release: "7.06.201903", payload: "{}", at: 1)
      }
    }
    let sequence = try open()
    #expect(throws: ComposeError.self) { try open() }
    #expect(try ledger.openOperation()?.sequence == sequence)
    try ledger.commit { try $0.closeOperation(sequence) }
    #expect(try ledger.openOperation() == nil)
    #expect(throws: Never.self) { try open() }
  }

  @Test func `a failed change leaves nothing behind`() throws {
    struct Stop: Error {}
    let ledger = try Ledger.inMemory()
    #expect(throws: Stop.self) {
      try ledger.commit { change in
        try change.makeTag("t")
        throw Stop()
      }
    }
    #expect(try ledger.builds(taggedInto: "t") == nil)
  }

  @Test func `tags hold each build once`() throws {
    let ledger = try Ledger.inMemory()
    let builds = [
      NVR(name: "b", version: "1", rpmRelease: "1"), NVR(name: "a", version: "1", rpmRelease: "1"),
    ]
    try ledger.commit { change in
      try change.makeTag("t")
      try change.makeTag("t")
      try change.tag(builds, into: "t")
      try change.tag(builds, into: "t")
    }
    #expect(try ledger.builds(taggedInto: "t")?.map(\.name) == ["a", "b"])
    try ledger.commit { try $0.removeTag("t") }
    #expect(try ledger.builds(taggedInto: "t") == nil)
  }

  @Test func `history is kept in order`() throws {
    let ledger = try Ledger.inMemory()
    for (index, release) in [Self.first, Self.second, Self.first].enumerated() {
      // The clock may go back; the order may not.
      try ledger.commit {
        try $0.addEvent(
          command: "check", release: release.description, operatorName: "a@b",
          summary: "\(index)", at: 1000 - index)
      }
    }
    #expect(try ledger.events().map(\.summary) == ["0", "1", "2"])
    #expect(try ledger.events(of: Self.first).map(\.summary) == ["0", "2"])
  }

  // MARK: The file

  @Test func `it survives being closed, and can be read without writing`() throws {
    let scratch = try TemporaryDirectory()
    let path = scratch.path("l.sqlite")
    try begin(Ledger.open(path: path), Self.first)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let reader = try Ledger.openForReading(path: path)
    #expect(try reader.release(Self.first)?.state == .staged)
    #expect(throws: ComposeError.self) { try reader.commit { try $0.makeTag("t") } }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["l.sqlite"])
  }

  @Test func `where there is none, reading makes none`() throws {
    let scratch = try TemporaryDirectory()
    let reader = try Ledger.openForReading(path: scratch.path("l.sqlite"))
    #expect(try reader.releases().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test(arguments: [true, false])
  func `a damaged file is bad data, and left as it is`(forReading: Bool) throws {
    let scratch = try TemporaryDirectory()
    let path = try scratch.write(String(repeating: "not a database ", count: 100), to: "l.sqlite")
    let error = #expect(throws: ComposeError.self) {
      _ = try forReading ? Ledger.openForReading(path: path) : Ledger.open(path: path)
    }
    #expect(error?.kind == .badData)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("not a database"))
  }
}
