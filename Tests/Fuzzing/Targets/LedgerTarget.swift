import Foundation
import GRDB
import ReleaseLedger
import ReleaseModel

/// The file of a ledger, damaged anywhere: all that `status`, `history` and plans read.
struct LedgerTarget: FuzzTarget {
  static let name = "ledger"
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] { [try SeedLedger.bytes(in: scratch)] }

  func run(_ input: [UInt8]) throws {
    let file = try scratch.write(input, as: "ledger.sqlite")
    try SeedLedger.read(try Ledger.openForReading(path: file))
  }
}

/// A ledger that is whole as SQLite sees it, with other values in its columns.
struct LedgerValuesTarget: FuzzTarget {
  static let name = "ledger-values"
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// What is put into cells: a line each, `TABLE COLUMN VALUE`.
  func seeds() throws -> [[UInt8]] {
    let file = try scratch.write(try SeedLedger.bytes(in: scratch), as: "values.sqlite")
    let cells = try DatabaseQueue(path: file).read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT m.name || ' ' || c.name || ' 1' FROM sqlite_master m, pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'grdb%' AND m.name NOT LIKE 'sqlite%'
          """)
    }
    return cells.map { Array($0.utf8) } + [Array(cells.joined(separator: "\n").utf8)]
  }

  func run(_ input: [UInt8]) throws {
    let file = try scratch.write(try SeedLedger.bytes(in: scratch), as: "values.sqlite")
    let queue = try DatabaseQueue(path: file)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for line in String(decoding: input, as: UTF8.self).split(separator: "\n").prefix(20) {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3 else { continue }
        let (table, column) = (words[0].quotedDatabaseIdentifier, words[1].quotedDatabaseIdentifier)
        // As a number where it is one, else as text.
        try? db.execute(
          sql: "UPDATE \(table) SET \(column) = ?",
          arguments: [Int(words[2])?.databaseValue ?? words[2].databaseValue])
      }
    }
    try queue.close()
    try SeedLedger.read(try Ledger.openForReading(path: file))
  }
}
