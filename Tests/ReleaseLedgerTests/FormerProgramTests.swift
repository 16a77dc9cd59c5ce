import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// Ledgers that programs of before have written, by lives of a stream on real RPMs:
/// `Ledgers/make` has the commands. Unlike in ``EarlierFormTests``, nothing in them was ever
/// today's.
@Suite struct FormerProgramTests {
  /// How many migrations the ledgers have.
  private static let forms = [4, 7, 8, 9, 11, 12]
  private static let newest = Schema.migrations.count

  private let scratch: TemporaryDirectory
  private let path: String

  init() throws {
    scratch = try TemporaryDirectory()
    path = scratch.path("epel-7.sqlite")
  }

  private func text(_ form: Int) throws -> String {
    try String(
      contentsOfFile: "\(Fixtures.checkout)/Tests/ReleaseLedgerTests/Ledgers/form-\(form).sql",
      encoding: .utf8)
  }

  /// Makes the ledger of `sql`, and seals it where its form has a seal: pages that SQL makes are
  /// other pages.
  private func make(_ sql: String) throws {
    let file = try scratch.write(sql, to: "ledger.sql")
    try? FileManager.default.removeItem(atPath: path)
    try Shell.check(
      Shell.python,
      [
        "-c",
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())",
        path, file,
      ])
    try LedgerFile.seal(path)
  }

  private func column(_ sql: String) throws -> [String] { try LedgerFile.execute(sql, at: path) }

  private static let tables = """
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL
    UNION SELECT identifier FROM grdb_migrations ORDER BY 1
    """

  /// What that life did, as far as the form has room for it.
  private func expect(_ ledger: Ledger, of form: Int) throws {
    let (first, next, dropped) = (
      try ReleaseID("7.06.201903"), try ReleaseID("7.07.201908"), try ReleaseID("7.08.202004")
    )
    let releases = try ledger.releases()
    #expect(releases.map(\.id) == [first, next, dropped])
    #expect(releases.map(\.state) == [.archived, .current, .abandoned])
    #expect(releases.map(\.pushes) == [3, 0, 0])
    #expect(releases.map(\.previous) == [nil, first, next])
    #expect(releases.map { $0.promotion != nil } == [true, true, false])
    #expect(releases.allSatisfy { !$0.allowUnsigned && !$0.testsUnsigned })
    let places = releases.map {
      $0.trees.map { "\($0.name) \($0.place.rawValue) \($0.isArchived)" }
    }
    func trees(_ id: ReleaseID, _ words: String) -> [String] {
      ["releases/\(id) \(words)", "updates/\(id) \(words)"]
    }
    #expect(
      places == [
        trees(first, "archive true"), trees(next, "public false"), trees(dropped, "gone false"),
      ])
    #expect(releases.flatMap(\.trees).allSatisfy { $0.packages > 5 && $0.bytes > 1000 })

    let builds = try ledger.builds(of: first)
    func names(_ push: Int) -> [String] {
      builds.filter { $0.push == push }.map(\.nvr.description).sorted()
    }
    #expect(names(0) == ["beta-1.0-1.el7", "gamma-1.0-1.el7", "kappa-1.0-1.el7"])
    #expect(names(1) == ["beta-1.1-1.el7", "iota-1.0-1.el7", "kappa-1.1-1.el7"])
    #expect(names(2) == ["gamma-1.0-2.el7", "kappa-1.2-1.el7"])
    #expect(builds.filter { $0.unlisted == .withdrawn }.map(\.nvr) == ["kappa-1.2-1.el7"])
    #expect(builds.first { $0.nvr == "gamma-1.0-2.el7" }?.marker?.marker.path.isEmpty == false)
    let pushes = try ledger.pushes(of: first)
    #expect(pushes.map(\.kind) == [.update, .update, .withdrawal])
    #expect(pushes.last?.reason == "it forgets its settings")
    #expect(pushes.allSatisfy { $0.operatorName == "ann@host" })
    let retired = try ledger.retirements(of: next).map(\.package)
    #expect(retired == ["gamma"])
    #expect(try ledger.acknowledgements().map(\.note) == ["nobody uses it"])
    // What people took out before there were holds is held.
    let holds = try ledger.holds()
    #expect(holds.map(\.nvr) == ["kappa-1.2-1.el7"])
    #expect(holds.first?.reason == "it forgets its settings" && holds.first?.release == first)
    let overrides = try ledger.overrides(of: next).map(\.gate)
    #expect(overrides.contains("soak"))
    #expect(try ledger.checkRun(of: next) != nil)
    #expect(
      try ledger.unlistedFiles(
        of: TreeName(area: .updates, release: next, path: .of("updates/\(next)"))
      ).isEmpty == false)

    let history = try ledger.events()
    #expect(history.map(\.command).filter { $0 == "promote" }.count == 3)
    #expect(
      Set(history.map(\.command)).isSuperset(of: [
        "compose", "publish", "update", "rollback", "archive", "abandon",
      ]))
    #expect(try ledger.openOperation() == nil && ledger.unreportedOperations().isEmpty)
    #expect(try !ledger.closedOperations(of: "compose").isEmpty)

    #expect(try ledger.knownFiles(of: dropped, since: 0).isEmpty == (form < 8))
    #expect(
      try ledger.mirrorModules().map(\.module.description) == (form < 9 ? [] : ["fedora-epel"]))
    #expect(try ledger.statements().isEmpty == (form < 10))
    #expect(try ledger.linkRecords().map(\.release) == (form < 11 ? [] : [next]))
    #expect(try ledger.endings().map(\.day.description) == (form < 12 ? [] : ["2030-06-30"]))
  }

  @Test(arguments: forms)
  func `what such a program has written is read, and left as it is`(form: Int) throws {
    try make(text(form))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try expect(Ledger.openForReading(path: path), of: form)
    guard case .usable = Ledger.verdict(path: path) else {
      Issue.record("it can be gone by: \(Ledger.verdict(path: path))")
      return
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).count == 2)
  }

  @Test(arguments: forms)
  func `a writer brings it up to date, and nothing gets lost`(form: Int) throws {
    try make(text(form))
    let before = try column("SELECT name FROM sqlite_master WHERE type = 'table'")
    #expect(try column("SELECT identifier FROM grdb_migrations").count == form)
    let rows = try Dictionary(
      uniqueKeysWithValues: before.map {
        ($0, try column("SELECT CAST(count(*) AS TEXT) FROM \($0)"))
      })
    let ledger = try Ledger.open(path: path)
    try expect(ledger, of: form)
    try ledger.close()
    // Before anything else seals it.
    try expect(Ledger.openForReading(path: path), of: form)
    // Today's tables, made by nobody before, are the same.
    let made = scratch.path("made.sqlite")
    try Ledger.open(path: made).close()
    #expect(try column(Self.tables) == LedgerFile.execute(Self.tables, at: made))
    for (table, count) in rows where table != "grdb_migrations" && !table.hasPrefix("sqlite_") {
      #expect(try column("SELECT CAST(count(*) AS TEXT) FROM \(table)") == count, "\(table)")
    }
    // It is sealed, and goes on.
    let again = try Ledger.open(path: path)
    try again.commit { try $0.removeTag("epel7-7.08.202004") }
    try again.close()
    try expect(Ledger.openForReading(path: path), of: form)
    try LedgerFile.execute("UPDATE release SET respin = 1 RETURNING id", at: path, isSealed: false)
    #expect(throws: ComposeError.self) { try Ledger.openForReading(path: path) }
  }

  @Test(arguments: forms, ["tree", "push", "event"])
  func `one that lacks a table is damaged`(form: Int, table: String) throws {
    let sql = try text(form)
    let lines = sql.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("CREATE TABLE \(table) (") })
    let end = try #require(lines[start...].firstIndex { $0.hasPrefix(")") || $0.hasSuffix(");") })
    let others = lines.enumerated().filter { number, line in
      !(start...end).contains(number) && !line.hasPrefix("INSERT INTO \"\(table)\"")
    }
    try make(others.map(\.element).joined(separator: "\n"))
    let error = #expect(throws: ComposeError.self) {
      try expect(Ledger.openForReading(path: path), of: form)
    }
    #expect(error?.kind == .badData && error?.remedy == Ledger.rebuilding)
  }

  @Test(arguments: forms, [true, false])
  func `one that went on with a newer program is refused`(form: Int, forReading: Bool) throws {
    try make(
      text(form) + "\nINSERT INTO grdb_migrations VALUES ('\(Self.newest + 1)');\n")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let error = #expect(throws: ComposeError.self) {
      _ = try forReading ? Ledger.openForReading(path: path) : Ledger.open(path: path)
    }
    #expect(error?.kind == .badData && error?.cause.contains("newer") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
  }

  /// They were made elsewhere; nothing of that place is in them.
  @Test(arguments: forms)
  func `the files are small, and say who made them`(form: Int) throws {
    let text = try text(form)
    #expect(text.utf8.count < 60_000)
    #expect(text.hasPrefix("-- A ledger with \(form) migrations, by the program of commit "))
    #expect(!text.contains("/tmp/") && !text.contains("/root/") && !text.contains("root@"))
  }
}
