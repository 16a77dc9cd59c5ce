extension Migration {
  /// Links that have moments of their own.
  static let version11 = Migration(
    identifier: "11",
    sql: """
      -- Where each of them leads. Links that move with the current release have no row.
      CREATE TABLE linkRelease (
        path TEXT NOT NULL PRIMARY KEY,
        release TEXT NOT NULL,
        -- Where it led before; null where it was made.
        former TEXT,
        since INTEGER NOT NULL
      );
      """)
}
