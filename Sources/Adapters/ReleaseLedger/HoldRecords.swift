import GRDB
package import ReleaseModel

extension LedgerChange {
  /// Holds builds; one that is held already keeps its former hold.
  package func hold(_ holds: [BuildHold]) throws {
    for hold in holds {
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO hold
            (package, version, rpmRelease, cause, reason, operator, at, release)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          hold.nvr.name, hold.nvr.version, hold.nvr.rpmRelease, hold.cause.rawValue, hold.reason,
          hold.operatorName, hold.at, hold.release.description,
        ])
    }
  }

  /// Lifts the holds of `builds`, of those that are held.
  ///
  /// - Parameter time: seconds since 1970.
  package func liftHolds(
    of builds: some Sequence<NVR>, by operatorName: String, at time: Int
  ) throws {
    for build in builds {
      try db.execute(
        sql: """
          UPDATE hold SET liftedBy = ?, liftedAt = ?
          WHERE package = ? AND version = ? AND rpmRelease = ? AND liftedAt IS NULL
          """,
        arguments: [operatorName, time, build.name, build.version, build.rpmRelease])
    }
  }
}

extension Ledger {
  /// Builds that stay out of everything that users get, oldest decision first.
  package func holds() throws -> [BuildHold] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM hold WHERE liftedAt IS NULL ORDER BY sequence").map {
        row in
        guard let cause = UnlistingCause(rawValue: row["cause"]) else {
          throw Self.damaged("the hold of \(row["package"] as String) has an unknown cause")
        }
        return BuildHold(
          nvr: NVR(name: row["package"], version: row["version"], rpmRelease: row["rpmRelease"]),
          cause: cause, reason: row["reason"], operatorName: row["operator"], at: row["at"],
          release: try ReleaseID(row["release"] as String))
      }
    }
  }
}
