import GRDB
package import ReleaseModel

extension LedgerChange {
  /// Remembers files that were public under the paths of `id`, beside those that are
  /// remembered of it already.
  ///
  /// - Parameter now: seconds since 1970.
  package func remember(_ files: [KnownFile], of id: ReleaseID, at now: Int) throws {
    for file in files {
      try db.execute(
        sql: "INSERT OR REPLACE INTO knownFile VALUES (?, ?, ?, ?, ?)",
        arguments: [
          id.description, file.area.rawValue, file.path.description, file.sha256.hex, now,
        ])
    }
  }

  /// Forgets files, of whatever release, that nobody has any more.
  ///
  /// - Parameter time: when they were abandoned at the latest; seconds since 1970.
  package func forgetKnownFiles(before time: Int) throws {
    try db.execute(sql: "DELETE FROM knownFile WHERE since < ?", arguments: [time])
  }
}

extension Ledger {
  /// Files that were public under the paths of `id` when it was abandoned.
  ///
  /// - Parameter time: those since then; seconds since 1970.
  package func knownFiles(of id: ReleaseID, since time: Int) throws -> [KnownFile] {
    try rows(of: id, in: "knownFile", orderedBy: "area, path") { row -> KnownFile? in
      guard try row.recordedTime("since") >= time else { return nil }
      guard let area = Area(rawValue: try row.recorded("area")),
        let path = RelativePath(try row.recorded("path") as String),
        let sha256 = Checksum(hex: try row.recorded("sha256"))
      else { throw Self.damaged("a file of \(id) that clients know cannot be read") }
      return KnownFile(area: area, path: path, sha256: sha256)
    }.compactMap(\.self)
  }
}
