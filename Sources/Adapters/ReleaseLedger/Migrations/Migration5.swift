extension Migration {
  /// Decisions about builds and documents, which outlive the release that they
  /// were made in; and which operations the command that began them has reported.
  static let version5 = Migration(
    identifier: "5",
    sql: """
      -- Builds that stay out of everything that users get until somebody lifts the
      -- hold. Nothing refers to a release: a hold outlives all of them.
      CREATE TABLE hold (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        package TEXT NOT NULL,
        version TEXT NOT NULL,
        rpmRelease TEXT NOT NULL,
        -- withdrawn or undone.
        cause TEXT NOT NULL,
        reason TEXT,
        operator TEXT NOT NULL,
        at INTEGER NOT NULL,
        -- The release whose updates it was taken out of.
        release TEXT NOT NULL,
        -- Who lifted it and when; NULL while it stands.
        liftedBy TEXT,
        liftedAt INTEGER
      );
      CREATE UNIQUE INDEX standingHold ON hold (package, version, rpmRelease)
        WHERE liftedAt IS NULL;
      INSERT INTO hold (package, version, rpmRelease, cause, reason, operator, at, release)
        SELECT build.package, build.version, build.rpmRelease, build.unlisted, push.reason,
          coalesce(push.operator, 'unknown'), coalesce(push.at, 0), build.release
        FROM releaseBuild AS build
        LEFT JOIN push ON push.release = build.release AND push.serial = build.unlistedBy
        WHERE build.unlisted IN ('withdrawn', 'undone')
          AND NOT EXISTS (
            SELECT 1 FROM releaseBuild AS listed
            JOIN release ON release.id = listed.release
            WHERE listed.package = build.package AND listed.version = build.version
              AND listed.rpmRelease = build.rpmRelease AND listed.unlisted IS NULL
              AND release.state = 'current')
        GROUP BY build.package, build.version, build.rpmRelease;
      -- Groups, modules and advisories that an undo took back: while their source
      -- says the same, users go on with what they had before.
      CREATE TABLE documentHold (
        -- groups, modules or advisory.
        kind TEXT NOT NULL,
        -- Id of an advisory, architecture of modules; empty for groups.
        key TEXT NOT NULL,
        -- SHA-256 of what was taken back.
        digest TEXT NOT NULL,
        -- What users had before; NULL for nothing.
        former BLOB,
        at INTEGER NOT NULL,
        PRIMARY KEY (kind, key, digest)
      );
      -- What a push changed of groups, modules and advisories: what users had
      -- before, NULL for nothing.
      CREATE TABLE pushDocument (
        release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
        serial INTEGER NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        -- SHA-256 of what the push brought; NULL where it took the document away.
        digest TEXT,
        former BLOB,
        PRIMARY KEY (release, serial, kind, key)
      );
      -- Whether the command that began the operation has told how it ended: else
      -- the same command, given again, tells it and does nothing a second time.
      ALTER TABLE operation ADD COLUMN isReported INTEGER NOT NULL DEFAULT 1;
      """)
}
