import GRDB

/// The tables, in the order in which versions of the program added them.
/// A migration that has been released is never edited; Docs/Design.md,
/// "Ledger", describes the result.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: version1) }
    migrator.registerMigration("2") { try $0.execute(sql: version2) }
    migrator.registerMigration("3") { try $0.execute(sql: version3) }
    migrator.registerMigration("4") { try $0.execute(sql: version4) }
    return migrator
  }

  /// What pushes change, and what trees keep for clients that are behind.
  private static let version4 = """
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
    """

  /// What checks need and leave behind.
  private static let version3 = """
    -- RPMs of packages that were left out of a release, with what they
    -- provided: a JSON list. No tree has them.
    CREATE TABLE leavingRPM (
      release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
      package TEXT NOT NULL,
      name TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      version TEXT NOT NULL,
      rpmRelease TEXT NOT NULL,
      arch TEXT NOT NULL,
      provides TEXT NOT NULL
    );
    -- What the last verdict of a release was about, and what it said.
    CREATE TABLE checkRun (
      release TEXT NOT NULL PRIMARY KEY REFERENCES release ON DELETE CASCADE,
      at INTEGER NOT NULL,
      -- Manifests of the trees, the release that users had and its pushes,
      -- and the policy's gate: JSON.
      subject TEXT NOT NULL,
      -- Checks that failed, with their counts of findings: JSON.
      failed TEXT NOT NULL,
      -- Findings that the policy let pass: JSON.
      waived TEXT NOT NULL
    );
    -- Gates that a person overrode, with the reason.
    CREATE TABLE gateOverride (
      release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
      gate TEXT NOT NULL,
      reason TEXT NOT NULL,
      operator TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    """

  /// What a hub said when a release was composed from it.
  private static let version2 = """
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
    """

  private static let version1 = """
    CREATE TABLE release (
      id TEXT NOT NULL PRIMARY KEY,
      -- Order of composes; releases never order by a clock.
      sequence INTEGER NOT NULL UNIQUE,
      state TEXT NOT NULL,
      -- When the state was entered, seconds since 1970.
      since INTEGER NOT NULL,
      respin INTEGER NOT NULL,
      previous TEXT,
      composeTag TEXT NOT NULL,
      planDigest TEXT NOT NULL,
      allowUnsigned INTEGER NOT NULL,
      -- NULL until the checks have run on the trees as they are.
      checksPassed INTEGER,
      -- Order of promotions; NULL for a release that never was current.
      promotion INTEGER UNIQUE,
      -- Serial of the newest push.
      pushes INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE tree (
      release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
      area TEXT NOT NULL,
      path TEXT NOT NULL,
      place TEXT NOT NULL,
      archived INTEGER NOT NULL DEFAULT 0,
      manifest TEXT NOT NULL,
      revision INTEGER NOT NULL,
      packages INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (release, area)
    );
    CREATE TABLE releaseBuild (
      release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
      package TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      version TEXT NOT NULL,
      rpmRelease TEXT NOT NULL,
      -- 0 for the cut, else the serial of the push that brought it.
      push INTEGER NOT NULL,
      marker TEXT,
      markerText TEXT,
      markerRPM TEXT,
      PRIMARY KEY (release, package, version, rpmRelease)
    );
    CREATE TABLE retirement (
      release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
      package TEXT NOT NULL,
      version TEXT NOT NULL,
      rpmRelease TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      marker TEXT NOT NULL,
      markerText TEXT NOT NULL,
      markerRPM TEXT NOT NULL,
      PRIMARY KEY (release, package)
    );
    CREATE TABLE operation (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      release TEXT NOT NULL,
      started INTEGER NOT NULL,
      payload TEXT NOT NULL,
      isOpen INTEGER NOT NULL
    );
    -- At most one operation is open: one operator at a time.
    CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
    CREATE TABLE event (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      command TEXT NOT NULL,
      release TEXT NOT NULL,
      operator TEXT NOT NULL,
      summary TEXT NOT NULL
    );
    CREATE TABLE tag (
      name TEXT NOT NULL PRIMARY KEY
    );
    CREATE TABLE tagBuild (
      tag TEXT NOT NULL REFERENCES tag ON DELETE CASCADE,
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      rpmRelease TEXT NOT NULL,
      PRIMARY KEY (tag, name, version, rpmRelease)
    );
    """
}
