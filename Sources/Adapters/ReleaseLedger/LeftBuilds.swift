import GRDB
package import ReleaseModel

extension LedgerChange {
  /// Records which builds of `id` were not live any more when somebody asked, in
  /// place of what was recorded before.
  ///
  /// - Parameter now: seconds since 1970; a build that was recorded keeps its time.
  package func setLeft(_ builds: [BuildEntry], of id: ReleaseID, at now: Int) throws {
    let former = try db.rows(
      "SELECT nvr, since FROM leftBuild WHERE release = ?", arguments: [id.description]
    ) { (try $0.recorded("nvr") as String, try $0.recordedTime("since")) }
    let since = Dictionary(former) { first, _ in first }
    try db.execute(sql: "DELETE FROM leftBuild WHERE release = ?", arguments: [id.description])
    for build in builds {
      try db.execute(
        sql: "INSERT INTO leftBuild VALUES (?, ?, ?, ?)",
        arguments: [
          id.description, build.package, build.nvr.description,
          since[build.nvr.description] ?? now,
        ])
    }
  }
}

extension Ledger {
  /// Builds of `id` that were not live any more when an update last asked, sorted by
  /// package.
  package func left(of id: ReleaseID) throws -> [BuildEntry] {
    try rows(of: id, in: "leftBuild", orderedBy: "package, nvr") { row in
      try Self.nvr(row.recorded("nvr"), of: "\(id)").map {
        BuildEntry(package: try row.recorded("package"), nvr: $0)
      }
    }.compactMap(\.self)
  }
}
