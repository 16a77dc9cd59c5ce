extension Migration {
  /// What clients were told is current.
  static let version10 = Migration(
    identifier: "10",
    sql: """
      -- Signed statements of what links show. None is removed: their serials only grow.
      CREATE TABLE statement (
        serial INTEGER NOT NULL PRIMARY KEY,
        release TEXT NOT NULL,
        written INTEGER NOT NULL,
        validUntil INTEGER NOT NULL,
        -- Of the file's bytes.
        sha256 TEXT NOT NULL
      );
      """)
}
