import GRDB
package import ReleaseModel

/// What the ledger knows of an rsync module's file lists.
package struct MirrorModuleRecord: Hashable, Sendable {
  /// As the policy names it.
  package let module: ModuleName
  /// Of the newest document of its change feed; 0 where there is none.
  package let serial: Int
  /// Since when its lists are older than the trees, seconds since 1970; nil while they are not.
  package let owedSince: Int?
  /// The newest command that changed the trees, such as `promote 7.07.201908`; nil where
  /// nothing is owed.
  package let owedBy: String?
  /// When its lists were written, seconds since 1970; nil where they never were.
  package let writtenAt: Int?
  /// Whether lists are among what is owed; false where they were written, and the files for
  /// others than mirrors were not.
  package let owesLists: Bool

  /// - Parameter owedSince: nil where nothing is owed.
  package init(
    module: ModuleName, serial: Int, owedSince: Int?, owedBy: String?, writtenAt: Int?,
    owesLists: Bool? = nil
  ) {
    self.owesLists = owesLists ?? (owedSince != nil)
    self.module = module
    self.serial = serial
    self.owedSince = owedSince
    self.owedBy = owedBy
    self.writtenAt = writtenAt
  }
}

extension MirrorModuleRecord {
  /// In front of the command in `owedBy` once lists were written, and the rest was not.
  fileprivate static let listsWritten = "lists written: "
}

extension LedgerChange {
  /// Notes that the lists of `modules` are older than the trees from now on; since when, stays
  /// where they were before.
  ///
  /// - Parameters:
  ///   - command: what changed the trees.
  ///   - now: seconds since 1970.
  package func owe(_ modules: [ModuleName], by command: String, at now: Int) throws {
    for module in modules {
      try db.execute(
        sql: """
          INSERT INTO mirrorModule (module, serial, owedSince, owedBy) VALUES (?, 0, ?, ?)
          ON CONFLICT (module) DO UPDATE SET
            owedSince = coalesce(owedSince, excluded.owedSince), owedBy = excluded.owedBy
          """, arguments: [module.description, now, command])
    }
  }

  /// Notes that the lists of `module` say what is there, while files for others than mirrors
  /// are still owed. The next command that changes trees owes lists again.
  ///
  /// - Parameters:
  ///   - serial: of the newest document of its change feed.
  ///   - now: seconds since 1970.
  package func setListsWritten(_ module: ModuleName, serial: Int, at now: Int) throws {
    let prefix = MirrorModuleRecord.listsWritten
    try db.execute(
      sql: """
        INSERT INTO mirrorModule (module, serial, writtenAt) VALUES (:module, :serial, :now)
        ON CONFLICT (module) DO UPDATE SET serial = :serial, writtenAt = :now,
          owedBy = CASE WHEN substr(owedBy, 1, :length) = :prefix THEN owedBy
            ELSE :prefix || owedBy END
        """,
      arguments: [
        "module": module.description, "serial": serial, "now": now, "prefix": prefix,
        "length": prefix.unicodeScalars.count,
      ])
  }

  /// Notes that there is nothing to tell of `module`, whose directory is not there. Where lists
  /// were before, the directory is away, and they stay owed.
  package func setNothingToTell(_ module: ModuleName) throws {
    try db.execute(
      sql: """
        UPDATE mirrorModule SET owedSince = NULL, owedBy = NULL
        WHERE module = ? AND writtenAt IS NULL
        """,
      arguments: [module.description])
  }

  /// Notes that the lists of `module` say what is there.
  ///
  /// - Parameters:
  ///   - serial: of the newest document of its change feed.
  ///   - now: seconds since 1970.
  package func setTold(_ module: ModuleName, serial: Int, at now: Int) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO mirrorModule VALUES (?, ?, NULL, NULL, ?)",
      arguments: [module.description, serial, now])
  }
}

extension Ledger {
  /// What is known of modules, sorted by name; of those that were never told or owed, nothing.
  package func mirrorModules() throws -> [MirrorModuleRecord] {
    try read { db in
      try db.rows("SELECT * FROM mirrorModule ORDER BY module") { row in
        guard let module = ModuleName(try row.recorded("module") as String) else {
          throw Self.damaged("the name of a module cannot be read")
        }
        let owedSince = try row.recordedTimeIfAny("owedSince")
        let owedBy: String? = try row.recorded("owedBy")
        let prefix = MirrorModuleRecord.listsWritten
        let areListsWritten = owedBy?.hasPrefix(prefix) == true
        return MirrorModuleRecord(
          module: module, serial: try row.recorded("serial"), owedSince: owedSince,
          owedBy: areListsWritten ? owedBy.map { String($0.dropFirst(prefix.count)) } : owedBy,
          writtenAt: try row.recordedTimeIfAny("writtenAt"),
          owesLists: owedSince != nil && !areListsWritten)
      }
    }
  }
}
