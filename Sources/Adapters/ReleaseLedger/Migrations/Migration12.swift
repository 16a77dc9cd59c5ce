extension Migration {
  /// Streams and releases that end.
  static let version12 = Migration(
    identifier: "12",
    sql: """
      CREATE TABLE ending (
        -- A release; 'stream' for the whole stream.
        subject TEXT NOT NULL PRIMARY KEY,
        -- The first day without composes and pushes, YYYY-MM-DD.
        day TEXT NOT NULL,
        decided INTEGER NOT NULL,
        -- The release that went to the archive, and when; null until then.
        release TEXT,
        doneAt INTEGER,
        -- Whether the originals are gone.
        closed INTEGER NOT NULL DEFAULT 0
      );
      -- Tags of the hub that were locked, or were about to be, because of an end.
      CREATE TABLE lockedTag (
        name TEXT NOT NULL PRIMARY KEY,
        subject TEXT NOT NULL
      );
      """)
}
