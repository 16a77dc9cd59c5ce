import ComposeTestSupport
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// A ledger that is whole as SQLite sees it, with a value in one column that does not
/// belong there: what is read of it is refused as damage with the way back, or does not
/// depend on the column. It never ends the process.
@Suite struct DamagedValueTests {
  private let scratch: TemporaryDirectory
  private let path: String

  init() throws {
    scratch = try TemporaryDirectory()
    path = scratch.path("l.sqlite")
    let ledger = try Ledger.open(path: path)
    try SampleRelease().write(into: ledger)
    try ledger.close()
  }

  /// A copy of the ledger for every column of every table, with `value` there, named
  /// `TABLE.COLUMN`. A column that must be another table's row takes none.
  private func copies(with value: String) throws -> [String] {
    let script = """
      import shutil, sqlite3, sys
      ledger, directory, value = sys.argv[1:]
      c = sqlite3.connect(ledger)
      tables = c.execute("select name from sqlite_master where type = 'table' and "
                         "name not like 'sqlite%' and name not like 'grdb%'").fetchall()
      for (t,) in tables:
        for row in c.execute(f"pragma table_info({t})").fetchall():
          copy = f"{directory}/{t}.{row[1]}"
          shutil.copyfile(ledger, copy)
          try:
            d = sqlite3.connect(copy)
            d.execute(f"update {t} set {row[1]} = {value}")
            d.commit()
            print(f"{t}.{row[1]}")
          except sqlite3.Error: pass
      """
    let names = try Shell.check(Shell.python, ["-c", script, path, scratch.path, value])
      .split(separator: "\n").map(String.init).filter { !$0.hasPrefix("seal.") }
    // What is asked here is what the values do, not that somebody changed them.
    for name in names { try LedgerFile.seal(scratch.path(name)) }
    return names
  }

  private func read(_ file: String) throws {
    _ = try LedgerContents(SampleRelease(), in: Ledger.openForReading(path: file))
  }

  @Test(arguments: ["9223372036854775807", "-1", "'many'", "1e300", "x'FF00'"])
  func `no value ends the process`(value: String) throws {
    var refused: Set<String> = []
    for name in try copies(with: value) {
      do { try read(scratch.path(name)) } catch let error as ComposeError {
        #expect(error.kind == .badData, "\(name): \(error)")
        #expect(error.remedy == Ledger.rebuilding, "\(name): \(error)")
        refused.insert(name)
      }
    }
    let numbers: Set = [
      "release.since", "release.pushes", "tree.bytes", "push.at", "removedRPM.at", "event.at",
      "releaseBuild.epoch",
    ]
    // The second before 1970 is a time.
    let expected =
      value == "-1" ? numbers.filter { !$0.hasSuffix(".at") && !$0.hasSuffix(".since") } : numbers
    #expect(refused.isSuperset(of: expected), "\(refused.sorted())")
  }

  @Test func `a time that no calendar has is named`() throws {
    _ = try copies(with: "253402300800")
    do {
      _ = try Ledger.openForReading(path: scratch.path("release.since")).releases()
      Issue.record("it was believed")
    } catch let error as ComposeError {
      #expect(error.cause.contains("253402300800 is no possible since"))
    }
  }
}
