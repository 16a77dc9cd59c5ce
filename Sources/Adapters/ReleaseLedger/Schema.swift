import GRDB

/// The tables of the ledger; Docs/Formats.md, "Ledger", describes them.
package enum Schema {
  /// All migrations, in the order in which versions of the program added them.
  ///
  /// New ones are appended. One that was released never changes: ledgers that
  /// have it would keep the former tables, and nothing could tell them from
  /// those with the new ones.
  package static let migrations: [Migration] = [
    .version1, .version2, .version3, .version4, .version5, .version6, .version7,
    .version8, .version9, .version10, .version11, .version12, .version13,
  ]

  /// The identifiers of the migrations that were applied to a ledger.
  static func applied(in db: Database) throws -> Set<String> {
    guard try db.tableExists("grdb_migrations") else { return [] }
    return Set(try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations"))
  }

  /// Whether a newer version of the program has written a ledger.
  static func isSuperseded(_ applied: Set<String>) -> Bool {
    !applied.subtracting(migrations.map(\.identifier)).isEmpty
  }

  /// Applies what was not applied yet, and seals the ledger, in one transaction:
  /// a ledger has its earlier form, or today's with its seal.
  static func migrate(_ queue: DatabaseQueue) throws {
    try queue.writeWithoutTransaction { db in
      guard try applied(in: db) != Set(migrations.map(\.identifier)) else { return }
      // Has no effect within a transaction; a table that is made anew would take
      // the rows that refer to it along.
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.inTransaction(.immediate) {
        try db.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)
            """)
        let applied = try applied(in: db)
        for migration in migrations where !applied.contains(migration.identifier) {
          try db.execute(sql: migration.sql)
          try db.execute(
            sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)",
            arguments: [migration.identifier])
        }
        try db.checkForeignKeys()
        try LedgerSeal.renew(in: db)
        return .commit
      }
      try db.execute(sql: "PRAGMA foreign_keys = ON")
    }
  }
}
