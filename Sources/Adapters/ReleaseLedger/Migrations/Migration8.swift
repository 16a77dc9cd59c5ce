extension Migration {
  /// What clients know of releases that are gone.
  static let version8 = Migration(
    identifier: "8",
    sql: """
      -- RPM files of a release that was published and abandoned, as far as no other
      -- release had them: mirrors and clients may have them still.
      CREATE TABLE knownFile (
        release TEXT NOT NULL,
        area TEXT NOT NULL,
        -- Below the tree.
        path TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        -- When the release was abandoned.
        since INTEGER NOT NULL,
        PRIMARY KEY (release, area, path)
      );
      """)
}
