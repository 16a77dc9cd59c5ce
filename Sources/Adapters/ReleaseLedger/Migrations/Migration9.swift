extension Migration {
  /// What mirrors were told.
  static let version9 = Migration(
    identifier: "9",
    sql: """
      -- File lists of an rsync module.
      CREATE TABLE mirrorModule (
        module TEXT NOT NULL PRIMARY KEY,
        -- Of the newest document of the change feed; 0 where there is none.
        serial INTEGER NOT NULL,
        -- Since when the trees are newer than the lists; null while they are not.
        owedSince INTEGER,
        -- The newest command that changed them, such as 'promote 7.07.201908'.
        owedBy TEXT,
        -- When the lists were written; null where they never were.
        writtenAt INTEGER
      );
      """)
}
