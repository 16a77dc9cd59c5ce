extension Migration {
  /// Testing trees into which unsigned RPMs were let.
  static let version13 = Migration(
    identifier: "13",
    sql: """
      ALTER TABLE release ADD COLUMN testsUnsigned INTEGER NOT NULL DEFAULT 0;
      """)
}
