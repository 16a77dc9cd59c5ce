import GRDB
package import ReleaseModel

/// Where a link leads that has moments of its own.
package struct LinkRecord: Hashable, Sendable {
  /// Below the public root.
  package let path: RelativePath
  /// Where it leads.
  package let release: ReleaseID
  /// Where it led before; nil where it was made.
  package let former: ReleaseID?
  /// When it moved, seconds since 1970.
  package let since: Int

  /// - Parameters:
  ///   - former: nil where it was made.
  ///   - since: seconds since 1970.
  package init(path: RelativePath, release: ReleaseID, former: ReleaseID?, since: Int) {
    self.path = path
    self.release = release
    self.former = former
    self.since = since
  }
}

extension LedgerChange {
  /// Records where a link leads by now.
  package func setLink(_ link: LinkRecord) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO linkRelease (path, release, former, since) VALUES (?, ?, ?, ?)",
      arguments: [
        link.path.description, link.release.description, link.former?.description, link.since,
      ])
  }
}

extension Ledger {
  /// Of links that have moments of their own and were moved, by their paths.
  package func linkRecords() throws -> [LinkRecord] {
    try read { db in
      try db.rows("SELECT * FROM linkRelease ORDER BY path") { row in
        guard let path = RelativePath(try row.recorded("path") as String) else {
          throw Self.damaged("the path of a link cannot be read")
        }
        let former = try row.recorded("former") as String?
        return LinkRecord(
          path: path, release: try row.recordedRelease("release"),
          former: try former.map { _ in try row.recordedRelease("former") },
          since: try row.recordedTime("since"))
      }
    }
  }
}
