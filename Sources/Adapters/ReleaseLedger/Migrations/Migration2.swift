extension Migration {
  /// What a hub said when a release was composed from it.
  static let version2 = Migration(
    identifier: "2",
    sql: """
      CREATE TABLE hubSnapshot (
        release TEXT NOT NULL PRIMARY KEY REFERENCES release ON DELETE CASCADE,
        -- The event that everything was read at, and when it was.
        event INTEGER NOT NULL,
        at INTEGER NOT NULL
      );
      CREATE TABLE blockedPackage (
        release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
        package TEXT NOT NULL,
        -- The build behind the block, and its marker.
        nvr TEXT,
        marker TEXT,
        PRIMARY KEY (release, package)
      );
      -- Tags of composes in the hub, from before they are made until they are
      -- removed: a compose that came to nothing leaves its own.
      CREATE TABLE hubTag (
        name TEXT NOT NULL PRIMARY KEY
      );
      -- Where markers and blocks did not agree.
      CREATE TABLE contradiction (
        release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        remedy TEXT NOT NULL
      );
      """)
}
