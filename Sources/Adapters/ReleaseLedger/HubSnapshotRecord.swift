import GRDB
package import ReleaseModel

/// What a hub said when a release was composed from it.
package struct HubSnapshotRecord: Hashable, Sendable {
  /// The event that everything was read at.
  package let event: Int
  /// When that was, seconds since 1970.
  package let at: Int
  /// Sorted by package.
  package let blocked: [Blocked]
  /// Where markers and blocks did not agree.
  package let contradictions: [Finding]

  /// A package that the hub hid from the compose.
  package struct Blocked: Hashable, Sendable {
    /// Name of the source package.
    package let package: String
    /// The build behind the block.
    package let nvr: NVR?
    /// Path of its marker.
    package let marker: String?

    /// - Parameter marker: path inside the RPM; nil where there is none, or its
    ///   RPMs could not be read.
    package init(package: String, nvr: NVR?, marker: String?) {
      self.package = package
      self.nvr = nvr
      self.marker = marker
    }
  }

  /// - Parameter at: seconds since 1970.
  package init(event: Int, at: Int, blocked: [Blocked], contradictions: [Finding]) {
    self.event = event
    self.at = at
    self.blocked = blocked
    self.contradictions = contradictions
  }
}

extension LedgerChange {
  /// A compose is about to make `tag` in the hub, or to go on with it.
  package func rememberHubTag(_ tag: String) throws {
    try db.execute(sql: "INSERT OR IGNORE INTO hubTag VALUES (?)", arguments: [tag])
  }

  /// `tag` is no longer in the hub.
  package func forgetHubTag(_ tag: String) throws {
    try db.execute(sql: "DELETE FROM hubTag WHERE name = ?", arguments: [tag])
  }

  /// Records what the hub said when `id` was composed, in place of what an
  /// earlier try recorded.
  package func setHubSnapshot(_ snapshot: HubSnapshotRecord, of id: ReleaseID) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO hubSnapshot VALUES (?, ?, ?)",
      arguments: [id.description, snapshot.event, snapshot.at])
    for blocked in snapshot.blocked {
      try db.execute(
        sql: "INSERT OR REPLACE INTO blockedPackage VALUES (?, ?, ?, ?)",
        arguments: [id.description, blocked.package, blocked.nvr?.description, blocked.marker])
    }
    for finding in snapshot.contradictions {
      try db.execute(
        sql: "INSERT INTO contradiction VALUES (?, ?, ?, ?)",
        arguments: [id.description, finding.code, finding.message, finding.remedy])
    }
  }
}

extension Ledger {
  /// Whether a compose has made `tag` in the hub, or was about to.
  package func knowsHubTag(_ tag: String) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM hubTag WHERE name = ?)", arguments: [tag]) ?? false
    }
  }

  /// What the hub said of a release; nil where it was not composed from one.
  package func hubSnapshot(of id: ReleaseID) throws -> HubSnapshotRecord? {
    try read { db in
      let found = try Row.fetchOne(
        db, sql: "SELECT * FROM hubSnapshot WHERE release = ?", arguments: [id.description])
      guard let row = found else { return nil }
      return HubSnapshotRecord(
        event: try row.recorded("event"), at: try row.recordedTime("at"),
        blocked: try db.rows(
          "SELECT * FROM blockedPackage WHERE release = ? ORDER BY package",
          arguments: [id.description]
        ) {
          HubSnapshotRecord.Blocked(
            package: try $0.recorded("package"), nvr: try Self.nvr($0.recorded("nvr"), of: "\(id)"),
            marker: try $0.recorded("marker"))
        },
        contradictions: try db.rows(
          "SELECT * FROM contradiction WHERE release = ? ORDER BY code, message",
          arguments: [id.description]
        ) {
          Finding(
            code: try $0.recorded("code"), message: try $0.recorded("message"),
            remedy: try $0.recorded("remedy"))
        })
    }
  }
}
