import GRDB

/// The tables of the ledger; Docs/Formats.md, "Ledger", describes them.
package enum Schema {
  /// All migrations, in the order in which versions of the program added them.
  ///
  /// New ones are appended. One that was released never changes: ledgers that
  /// have it would keep the former tables, and nothing could tell them from
  /// those with the new ones.
  package static let migrations: [Migration] = [
    .version1, .version2, .version3, .version4, .version5, .version6,
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.identifier) { try $0.execute(sql: migration.sql) }
    }
    return migrator
  }
}
