extension Migration {
  /// The ledger's own digest.
  static let version7 = Migration(
    identifier: "7",
    sql: """
      -- SHA-256 of the ledger's pages, renewed in each transaction: one row.
      CREATE TABLE seal (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        digest BLOB NOT NULL
      );
      INSERT INTO seal VALUES (1, zeroblob(32));
      """)
}
