extension Migration {
  /// What pushes change, and what trees keep for clients that are behind.
  static let version4 = Migration(
    identifier: "4",
    sql: """
      -- Why a build of the release is not listed any more (retention, withdrawn,
      -- undone) and by which push; NULL while it is.
      ALTER TABLE releaseBuild ADD COLUMN unlisted TEXT;
      ALTER TABLE releaseBuild ADD COLUMN unlistedBy INTEGER;
      CREATE TABLE push (
        release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
        serial INTEGER NOT NULL,
        at INTEGER NOT NULL,
        -- update, withdrawal or undo.
        kind TEXT NOT NULL,
        operator TEXT NOT NULL,
        -- What a person said of a withdrawal or an undo.
        reason TEXT,
        -- The push that this one took back.
        undoes INTEGER,
        -- NVRs that came into the listing, and that went out of it: JSON lists.
        listed TEXT NOT NULL,
        unlisted TEXT NOT NULL,
        PRIMARY KEY (release, serial)
      );
      -- Files of a tree that no repomd.xml leads to: kept for clients that have
      -- an older one.
      CREATE TABLE unlistedFile (
        release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
        area TEXT NOT NULL,
        path TEXT NOT NULL,
        -- NVR of an RPM's build; NULL for metadata.
        build TEXT,
        -- Since when, seconds since 1970.
        since INTEGER NOT NULL,
        PRIMARY KEY (release, area, path)
      );
      -- Retirements that the release manager has agreed to.
      CREATE TABLE acknowledgement (
        package TEXT NOT NULL PRIMARY KEY,
        -- The build with the marker.
        nvr TEXT NOT NULL,
        operator TEXT NOT NULL,
        note TEXT,
        at INTEGER NOT NULL
      );
      CREATE TABLE advisory (
        id TEXT NOT NULL PRIMARY KEY,
        -- What users of the stream were told last: JSON. When it was issued is
        -- what they were told first.
        contents TEXT NOT NULL
      );
      """)
}
