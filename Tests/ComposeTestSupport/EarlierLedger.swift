import Foundation

/// Ledgers as earlier versions of the program left them.
package enum EarlierLedger {
  /// Replaces the ledger at `path` by one that has only the tables of
  /// `migrations`, with the rows and columns that these have room for.
  ///
  /// - Parameter migrations: the first ones of the ledger's, in their order;
  ///   none gives what is left of a creation that was interrupted.
  package static func turnBack(
    _ path: String, to migrations: [(identifier: String, sql: String)]
  ) throws {
    let steps = migrations.map { [$0.identifier, $0.sql] }
    let json = String(decoding: try JSONEncoder().encode(steps), as: UTF8.self)
    try Shell.check(Shell.python, ["-c", program, path, json])
    try LedgerFile.seal(path)
  }

  private static let program = """
    import json, os, sqlite3, sys
    path, steps = sys.argv[1], json.loads(sys.argv[2])
    earlier = path + ".earlier"
    c = sqlite3.connect(earlier)
    c.execute("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    for identifier, sql in steps:
        c.executescript(sql)
        c.execute("INSERT INTO grdb_migrations VALUES (?)", (identifier,))
    c.commit()
    c.execute("ATTACH ? AS later", (path,))
    tables = c.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'").fetchall()
    for (table,) in tables:
        columns = ", ".join(
            row[1] for row in c.execute(f"PRAGMA main.table_info({table})"))
        c.execute(
            f"INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM later.{table}")
    c.commit()
    c.close()
    os.replace(earlier, path)
    """
}
