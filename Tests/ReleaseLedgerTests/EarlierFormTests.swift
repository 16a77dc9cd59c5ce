import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// Ledgers that earlier versions of the program have written: readers see all
/// that is in them and leave them as they are, writers bring them up to date.
@Suite struct EarlierFormTests {
  private static let newest = Schema.migrations.count
  /// How many migrations a ledger of each earlier form has.
  private static let earlier = Array(1..<newest)

  private let scratch: TemporaryDirectory
  private let sample: SampleRelease
  private let path: String
  /// What today's form of the ledger says.
  private let contents: LedgerContents

  init() throws {
    scratch = try TemporaryDirectory()
    sample = try SampleRelease()
    path = scratch.path("l.sqlite")
    let ledger = try Ledger.open(path: path)
    try sample.write(into: ledger)
    contents = try LedgerContents(sample, in: ledger)
    try ledger.close()
  }

  private func turnBack(to form: Int) throws {
    try EarlierLedger.turnBack(
      path, to: Schema.migrations.prefix(form).map { ($0.identifier, $0.sql) })
  }

  private func sql(_ statement: String) throws -> String {
    try LedgerFile.execute(statement, at: path).map { $0 + "\n" }.joined()
  }

  /// The directory's files, each with inode, size, times and contents.
  private func state() throws -> String {
    try Shell.check("find", [scratch.path, "-printf", "%P %y %i %s %T@ %C@\n"])
      + (try Data(contentsOf: URL(fileURLWithPath: path)).base64EncodedString())
  }

  private func read() throws -> LedgerContents {
    try LedgerContents(sample, in: Ledger.openForReading(path: path))
  }

  @Test func `the sample has something in every table`() throws {
    let tables = try sql(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).split(separator: "\n")
    #expect(!tables.isEmpty)
    for table in tables {
      #expect(
        try sql("SELECT CAST(count(*) AS TEXT) FROM \(table)") != "0\n",
        "nothing is in \(table): write a row of it in SampleRelease")
    }
  }

  @Test func `what was taken out before there were holds is held`() throws {
    let (held, kept): (NVR, NVR) = ("alpha-1.1-1", "alpha-1.0-1")
    let ledger = try Ledger.open(path: path)
    try ledger.commit { change in
      try change.liftHolds(of: ["beta-1.1-1"], by: "ann@host", at: 1)
      try change.setUnlisted([held], because: .withdrawn, by: 1, of: sample.id)
      try change.setUnlisted([kept], because: .retention, by: 1, of: sample.id)
    }
    try ledger.close()
    try turnBack(to: 4)
    let holds = try Ledger.open(path: path).holds()
    #expect(holds.map(\.nvr) == [held], "retention is no decision of a person")
    #expect(holds.first?.cause == .withdrawn && holds.first?.operatorName == "ann@host")
  }

  // MARK: Readers

  @Test(arguments: earlier)
  func `a reader sees what an earlier version has written, and writes nothing`(form: Int) throws {
    try turnBack(to: form)
    let before = try state()
    let reader = try Ledger.openForReading(path: path)
    #expect(try LedgerContents(sample, in: reader) == contents.asOf(form: form))
    #expect(try state() == before)
    let error = #expect(throws: ComposeError.self) {
      try reader.commit { try $0.removeTag(sample.tag) }
    }
    #expect(error?.kind == .permission, "a change of the copy would be lost")
    #expect(try LedgerContents(sample, in: reader) == contents.asOf(form: form))
    guard case .usable = Ledger.verdict(path: path) else {
      Issue.record("a ledger that can be read is not lost: \(Ledger.verdict(path: path))")
      return
    }
    #expect(try state() == before)
  }

  @Test func `a ledger that is up to date is read in place`() throws {
    let reader = try Ledger.openForReading(path: path)
    try Ledger.open(path: path).commit { try $0.removeTag(sample.tag) }
    #expect(try reader.builds(taggedInto: sample.tag) == nil, "not from a copy")
  }

  // MARK: Writers

  @Test(arguments: earlier)
  func `a writer brings what an earlier version has written up to date`(form: Int) throws {
    let today = try sql(Self.tables)
    try turnBack(to: form)
    #expect(try sql(Self.tables) != today)
    let ledger = try Ledger.open(path: path)
    #expect(try LedgerContents(sample, in: ledger) == contents.asOf(form: form))
    #expect(try sql(Self.tables) == today)
    try ledger.commit { try $0.setUnlisted([Self.old], because: .withdrawn, by: 2, of: sample.id) }
    try ledger.close()
    #expect(try read().builds.first?.unlisted == .withdrawn)
  }

  private static let tables = """
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL
    UNION SELECT identifier FROM grdb_migrations ORDER BY 1
    """
  private static let old = NVR(name: "alpha", version: "1.0", rpmRelease: "1")

  @Test func `one whose making was interrupted is as good as none`() throws {
    try turnBack(to: 0)
    let before = try state()
    let reader = try Ledger.openForReading(path: path)
    #expect(try reader.releases().isEmpty)
    #expect(reader.path == nil)
    guard case .missing = Ledger.verdict(path: path) else {
      Issue.record("nothing is in it: \(Ledger.verdict(path: path))")
      return
    }
    #expect(try state() == before)
    try sample.write(into: Ledger.open(path: path))
    #expect(try read() == contents)
  }

  // MARK: What is refused

  @Test(arguments: earlier + [newest], [true, false])
  func `what a newer version has written is refused, and left as it is`(
    form: Int, forReading: Bool
  ) throws {
    try turnBack(to: form)
    _ = try sql("INSERT INTO grdb_migrations VALUES ('99') RETURNING identifier")
    let before = try state()
    let error = #expect(throws: ComposeError.self) { try open(forReading: forReading) }
    #expect(error?.kind == .badData)
    #expect(error?.cause.contains("newer") == true)
    #expect(try state() == before)
  }

  @Test(arguments: earlier, [true, false])
  func `an earlier one that is damaged is refused`(form: Int, forReading: Bool) throws {
    try turnBack(to: form)
    let url = URL(fileURLWithPath: path)
    var data = try Data(contentsOf: url)
    data.replaceSubrange(8192..<16_384, with: Data(repeating: 0xAB, count: 8192))
    try data.write(to: url)
    let before = try state()
    let error = #expect(throws: ComposeError.self) { try open(forReading: forReading) }
    #expect(error?.kind == .badData)
    #expect(error?.remedy == Ledger.rebuilding)
    #expect(try state() == before)
  }

  /// A migration adds columns to `releaseBuild`, and fails; none touches `tree`.
  @Test(arguments: earlier, ["releaseBuild", "tree"])
  func `an earlier one without one of its tables is damaged`(form: Int, table: String) throws {
    try turnBack(to: form)
    _ = try sql("DROP TABLE \(table)")
    let before = try state()
    let error = #expect(throws: ComposeError.self) { try read() }
    #expect(error?.kind == .badData)
    #expect(error?.remedy == Ledger.rebuilding)
    #expect(try state() == before)
  }

  @Test(arguments: earlier)
  func `an earlier one whose releases cannot be read is lost`(form: Int) throws {
    try turnBack(to: form)
    _ = try sql("DROP TABLE tree")
    guard case .lost = Ledger.verdict(path: path) else {
      Issue.record("it cannot be gone by: \(Ledger.verdict(path: path))")
      return
    }
  }

  @Test(arguments: [
    "acknowledgement", "advisory", "hubSnapshot", "hubTag", "leavingRPM", "checkRun",
    "gateOverride", "push", "unlistedFile",
  ])
  func `a table that is missing is damage, not an empty table`(table: String) throws {
    _ = try sql("DROP TABLE \(table)")
    let error = #expect(throws: ComposeError.self) { try read() }
    #expect(error?.kind == .badData)
    #expect(error?.cause.contains(table) == true, "\(error?.cause ?? "")")
  }

  private func open(forReading: Bool) throws {
    _ = try forReading ? Ledger.openForReading(path: path) : Ledger.open(path: path)
  }
}
