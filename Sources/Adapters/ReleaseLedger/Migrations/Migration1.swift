extension Migration {
  /// Releases with their trees and builds, what is under way, history, and the
  /// tags of the embedded build system.
  static let version1 = Migration(
    identifier: "1",
    sql: """
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
      """)
}
