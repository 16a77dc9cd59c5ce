import Digests
import Foundation
import MirrorDocuments
import ReleaseModel
import Testing

/// The form of `STREAM.current.json`, and what is to be thought of those who serve it.
@Suite struct CurrentStatementTests {
  private static func sum(_ text: String) -> Checksum { Checksum(of: Array(text.utf8)) }

  private static func path(_ text: String) throws -> RelativePath { try RelativePath.of(text) }

  /// Two repositories by one link; `now` is 2 000 000.
  private static func statement(
    _ serial: Int, _ contents: [String] = ["one", "two"], revision: Int = 70, written: Int,
    stream: String = "epel-7", former: [CurrentStatement.Former] = []
  ) throws -> CurrentStatement {
    CurrentStatement(
      stream: stream, serial: serial, release: try ReleaseID("7.07.201908"), written: written,
      validUntil: written + 600_000,
      links: [
        .init(
          path: try path("updates/7"), target: "7.07.201908",
          tree: try path("updates/7.07.201908"))
      ],
      repositories: try zip(["x86_64", "source/tree"], contents).map { name, text in
        .init(
          path: try path("updates/7/Everything/\(name)"), revision: revision, sha256: sum(text),
          size: text.utf8.count)
      }, former: former)
  }

  private static let (now, patience) = (2_000_000, 10_000)

  private static func known(
    _ newest: CurrentStatement, _ written: [(serial: Int, at: Int)] = []
  ) -> CurrentVerdict.Known {
    CurrentVerdict.Known(newest: newest, written: written, patience: patience, now: now)
  }

  /// What a mirror serves: texts by the statement's order, and the revision of those that differ.
  private static func served(
    _ texts: [String?], of statement: CurrentStatement, revision: Int? = 69
  ) -> [RelativePath: CurrentVerdict.Served] {
    // The statement sorts them: source/tree comes first.
    Dictionary(
      uniqueKeysWithValues: zip(statement.repositories.reversed(), texts).map { index, text in
        (index.path, text.map { .found(sum($0), revision: revision) } ?? .missing)
      })
  }

  @Test func `a statement is read as it was written`() throws {
    let statement = try Self.statement(
      42, written: 1_567_166_400,
      former: [
        .init(
          path: Self.path("updates/7/Everything/x86_64"), sha256: Self.sum("old"),
          until: 1_567_425_600)
      ])
    let bytes = try statement.bytes()
    #expect(CurrentStatement(bytes) == statement)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        {
        "format": 1,
        "stream": "epel-7",
        "serial": 42,
        "release": "7.07.201908",
        "written": "2019-08-30T12:00:00Z",
        "validUntil": "2019-09-06T10:40:00Z",
        "links": [
        {"path":"updates/7","target":"7.07.201908","tree":"updates/7.07.201908"}
        ],
        "repositories": [
        {"path":"updates/7/Everything/source/tree","revision":70,"sha256":"\(Self.sum("two"))","size":3},
        {"path":"updates/7/Everything/x86_64","revision":70,"sha256":"\(Self.sum("one"))","size":3}
        ],
        "former": [
        {"path":"updates/7/Everything/x86_64","sha256":"\(Self.sum("old"))","until":"2019-09-02T12:00:00Z"}
        ]
        }

        """)
  }

  @Test(arguments: [
    "", "{}", "[]", "null", "\"format\": 1", "{\"format\": 2}",
  ])
  func `what is no statement is none`(text: String) {
    #expect(CurrentStatement(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("\"format\": 1", "\"format\": 2"), ("\"serial\": 42", "\"serial\": -1"),
    ("\"serial\": 42", "\"serial\": 1e300"), ("updates/7/Everything", "../../etc"),
    ("7.07.201908\",\n\"written", "x\",\n\"written"), ("2019-08-30T", "yesterday"),
    ("\"size\":3", "\"size\":-3"),
  ])
  func `values that nothing of ours writes make it none`(from: String, to: String) throws {
    let text = String(
      decoding: try Self.statement(42, written: 1_567_166_400).bytes(), as: UTF8.self)
    let changed = text.replacing(from, with: to)
    #expect(changed != text)
    #expect(CurrentStatement(Array(changed.utf8)) == nil)
    // A key that is not known yet is no reason.
    let more = text.replacing("\"serial\"", with: "\"more\": [1],\n\"serial\"")
    #expect(CurrentStatement(Array(more.utf8)) != nil)
  }

  @Test func `a mirror that has the newest is fresh`() throws {
    let newest = try Self.statement(5, written: Self.now - 100)
    let verdict = CurrentVerdict(
      of: newest, serving: Self.served(["one", "two"], of: newest), knowing: Self.known(newest))
    #expect(verdict.state == .fresh && !verdict.state.isAlarm && verdict.serial == 5)
  }

  @Test func `what stood there a short time ago may still be there, and not for ever`() throws {
    func former(_ until: Int) throws -> CurrentStatement {
      try Self.statement(
        5, written: Self.now - 100,
        former: [
          .init(
            path: Self.path("updates/7/Everything/x86_64"), sha256: Self.sum("old"), until: until)
        ])
    }
    let (running, over) = (try former(Self.now + 1), try former(Self.now))
    let served = Self.served(["old", "two"], of: running)
    #expect(
      CurrentVerdict(of: running, serving: served, knowing: Self.known(running)).state
        == .following)
    #expect(
      CurrentVerdict(of: over, serving: served, knowing: Self.known(over)).state == .mixed)
    // It is accepted where it stood, and nowhere else.
    let moved = Self.served(["one", "old"], of: running)
    #expect(
      CurrentVerdict(of: running, serving: moved, knowing: Self.known(running)).state == .mixed)
  }

  @Test(
    arguments: [
      (["one", "none"], 69, CurrentVerdict.State.mixed), (["one", nil], 69, .mixed),
      (["1", "2"], 69, .rolledBack), (["1", "2"], 70, .changed), (["1", "2"], nil, .changed),
      ([nil, nil], 69, .changed), (["1", nil], 69, .changed),
    ] as [([String?], Int?, CurrentVerdict.State)])
  func `what does not belong to the statement has a name`(
    texts: [String?], revision: Int?, state: CurrentVerdict.State
  ) throws {
    let newest = try Self.statement(5, written: Self.now - 100)
    let verdict = CurrentVerdict(
      of: newest, serving: Self.served(texts, of: newest, revision: revision),
      knowing: Self.known(newest))
    #expect(verdict.state == state && verdict.state.isAlarm)
    #expect(verdict.detail?.contains("repodata/repomd.xml") == true)
  }

  @Test func `an earlier statement is behind at first, and frozen later`() throws {
    let old = try Self.statement(3, ["1", "2"], written: Self.now - 400_000)
    let served = Self.served(["1", "2"], of: old)
    func state(nextAt: Int) throws -> CurrentVerdict.State {
      // Renewals since do not count: the mirror lacks the fourth, too.
      let newest = try Self.statement(6, written: Self.now - 1)
      return CurrentVerdict(
        of: old, serving: served,
        knowing: Self.known(newest, [(3, Self.now - 400_000), (4, nextAt), (6, Self.now - 1)])
      ).state
    }
    #expect(try state(nextAt: Self.now - Self.patience) == .behind)
    #expect(try state(nextAt: Self.now - Self.patience - 1) == .frozen)
    let expired = try Self.statement(3, ["1", "2"], written: Self.now - 600_000)
    let newest = try Self.statement(4, written: Self.now - 1)
    #expect(
      CurrentVerdict(of: expired, serving: served, knowing: Self.known(newest)).state == .frozen)
    // Where nobody has written a newer one, it is not the mirror's fault.
    #expect(
      CurrentVerdict(of: expired, serving: served, knowing: Self.known(expired)).state == .expired)
  }

  @Test func `an earlier tree beside an earlier statement is not taken for a mixed one`() throws {
    let old = try Self.statement(3, ["1", "2"], written: Self.now - 100)
    let newest = try Self.statement(4, written: Self.now - 50)
    #expect(
      CurrentVerdict(
        of: old, serving: Self.served(["1", "two"], of: old), knowing: Self.known(newest)
      ).state == .mixed)
  }

  @Test func `two statements of one serial, and one of another stream, are forged`() throws {
    let newest = try Self.statement(4, written: Self.now - 50)
    let twin = try Self.statement(4, written: Self.now - 51)
    let other = try Self.statement(4, written: Self.now - 50, stream: "epel-8")
    let later = try Self.statement(5, written: Self.now - 50)
    for (statement, state) in [
      (twin, CurrentVerdict.State.forged), (other, .forged), (later, .ahead),
    ] {
      #expect(
        CurrentVerdict(
          of: statement, serving: Self.served(["one", "two"], of: statement),
          knowing: Self.known(newest)
        ).state == state)
    }
  }

  @Test func `the revision of a repomd is a number of ours or none`() {
    func number(_ text: String) -> Int? { IndexRevision.number(in: Array(text.utf8)) }
    #expect(number("<repomd>\n  <revision>1567166400</revision>") == 1_567_166_400)
    #expect(number("<revision>newest</revision>") == nil)
    #expect(number("<revision>99999999999999999999</revision>") == nil)
    #expect(number("") == nil)
  }
}
