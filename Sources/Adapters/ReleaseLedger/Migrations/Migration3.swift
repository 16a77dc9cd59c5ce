extension Migration {
  /// What checks need and leave behind.
  static let version3 = Migration(
    identifier: "3",
    sql: """
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
      """)
}
