extension Migration {
  /// What was taken away.
  static let version6 = Migration(
    identifier: "6",
    sql: """
      -- RPMs that the stream had listed and that were taken away, with what
      -- nothing provided any more since then (a JSON list), and how they went. No
      -- row goes with a release: it outlives all of them.
      CREATE TABLE removedRPM (
        package TEXT NOT NULL,
        name TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        version TEXT NOT NULL,
        rpmRelease TEXT NOT NULL,
        arch TEXT NOT NULL,
        provides TEXT NOT NULL,
        -- NVR of its build, where it is known.
        build TEXT,
        -- The release whose lists it left, or that left it out.
        release TEXT NOT NULL,
        cause TEXT NOT NULL,
        -- Serial of the push, where one did it.
        push INTEGER,
        at INTEGER NOT NULL,
        operator TEXT NOT NULL,
        reason TEXT,
        PRIMARY KEY (name, epoch, version, rpmRelease, arch)
      );
      -- Builds that users of a release have, and that were not live any more when
      -- the last update asked.
      CREATE TABLE leftBuild (
        release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
        package TEXT NOT NULL,
        nvr TEXT NOT NULL,
        -- When that was first seen, seconds since 1970.
        since INTEGER NOT NULL,
        PRIMARY KEY (release, nvr)
      );
      """)
}
