import GRDB
package import ReleaseModel

/// A signed statement of what is current: made, and about to be where everybody sees it.
package struct StatementRecord: Hashable, Sendable {
  /// Larger than that of every statement before.
  package let serial: Int
  /// The release that links lead to.
  package let release: ReleaseID
  /// Seconds since 1970.
  package let written: Int
  /// Until when it holds, seconds since 1970.
  package let validUntil: Int
  /// Of the file's bytes.
  package let sha256: Checksum

  /// - Parameters:
  ///   - written: seconds since 1970.
  ///   - validUntil: seconds since 1970.
  ///   - sha256: of the file's bytes.
  package init(serial: Int, release: ReleaseID, written: Int, validUntil: Int, sha256: Checksum) {
    self.serial = serial
    self.release = release
    self.written = written
    self.validUntil = validUntil
    self.sha256 = sha256
  }
}

extension LedgerChange {
  /// Records a statement before anybody can see it. Its serial must be larger than all that
  /// are recorded: no serial is used twice.
  package func add(_ statement: StatementRecord) throws {
    try db.execute(
      sql: "INSERT INTO statement (serial, release, written, validUntil, sha256) "
        + "VALUES (?, ?, ?, ?, ?)",
      arguments: [
        statement.serial, statement.release.description, statement.written, statement.validUntil,
        statement.sha256.hex,
      ])
  }
}

extension Ledger {
  /// All statements, oldest first; none where metadata was never signed.
  package func statements() throws -> [StatementRecord] {
    try read { db in
      try db.rows("SELECT * FROM statement ORDER BY serial", Self.statement)
    }
  }

  /// The newest statement; nil where there never was one.
  package func newestStatement() throws -> StatementRecord? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM statement ORDER BY serial DESC LIMIT 1")
        .map(Self.statement)
    }
  }

  /// Whether a statement of these bytes was ever recorded.
  package func hasStatement(_ sha256: Checksum) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM statement WHERE sha256 = ?)",
        arguments: [sha256.hex]) ?? false
    }
  }

  private static func statement(_ row: Row) throws -> StatementRecord {
    guard let checksum = Checksum(hex: try row.recorded("sha256") as String) else {
      throw damaged("the checksum of a statement cannot be read")
    }
    return StatementRecord(
      serial: try row.recorded("serial"), release: try row.recordedRelease("release"),
      written: try row.recordedTime("written"), validUntil: try row.recordedTime("validUntil"),
      sha256: checksum)
  }
}
