import GRDB
package import ReleaseModel

extension Ledger {
  /// All releases, oldest compose first.
  package func releases() throws -> [ReleaseRecord] {
    try read { db in
      let trees = try LedgerRow.fetchAll(db, sql: "SELECT * FROM tree ORDER BY release, area")
      let grouped = try Dictionary(grouping: trees) { try $0["release"] as String }
      let releases = try LedgerRow.fetchAll(db, sql: "SELECT * FROM release ORDER BY sequence")
        .map { row in try Self.release(row, trees: grouped[row["id"]] ?? []) }
      guard Set(releases.map(\.id)).count == releases.count else {
        throw Self.damaged("a release is recorded twice")
      }
      return releases
    }
  }

  /// The release `id`, or nil.
  package func release(_ id: ReleaseID) throws -> ReleaseRecord? {
    try releases().first { $0.id == id }
  }

  /// The release that the links point to, as far as the ledger knows.
  package func currentRelease() throws -> ReleaseRecord? {
    try releases().first { $0.state == .current }
  }

  /// The same where it is older than `id`: what `id` would follow.
  package func currentRelease(before id: ReleaseID) throws -> ReleaseRecord? {
    try currentRelease().flatMap { $0.id < id ? $0 : nil }
  }

  private static func release(_ row: LedgerRow, trees: [LedgerRow]) throws -> ReleaseRecord {
    let id = try row.release("id") as ReleaseID
    let word: String = try row["state"]
    guard let state = ReleaseState(rawValue: word) else {
      throw damaged("release \(id) has the unknown state '\(word.sanitizedForDisplay)'")
    }
    return try ReleaseRecord(
      id: id, sequence: row["sequence"], state: state, since: row["since"], respin: row["respin"],
      previous: try row.release("previous"),
      composeTag: row["composeTag"], planDigest: row["planDigest"],
      allowUnsigned: row["allowUnsigned"], checksPassed: row["checksPassed"],
      promotion: row["promotion"], pushes: row["pushes"],
      trees: try trees.map { try tree($0, of: id) })
  }

  private static func tree(_ row: LedgerRow, of release: ReleaseID) throws -> TreeRecord {
    guard let area = try Area(rawValue: row["area"]), let path = try RelativePath(row["path"]),
      let place = try TreeRecord.Place(rawValue: row["place"]),
      let manifest = try Checksum(hex: row["manifest"])
    else { throw damaged("a tree of release \(release) is recorded wrongly") }
    return try TreeRecord(
      name: TreeName(area: area, release: release, path: path), place: place,
      isArchived: row["archived"], manifest: manifest, revision: row["revision"],
      packages: row["packages"], bytes: row["bytes"])
  }

  /// The build that a column names; nil where it has none.
  ///
  /// Throws `badData` for a text that names no build.
  ///
  /// - Parameter owner: what the row is of, for the message.
  static func nvr(_ text: String?, of owner: String) throws -> NVR? {
    try text.map { text in
      guard let nvr = NVR(text) else {
        throw damaged("'\(text.sanitizedForDisplay)' of \(owner) names no build")
      }
      return nvr
    }
  }

  static func damaged(_ cause: String) -> ComposeError {
    ComposeError(
      .badData, "ledger", cause + "; the trees and links are untouched", remedy: rebuilding)
  }

  /// The largest `<revision>` of any tree that users could have seen: what a
  /// new repomd.xml must exceed. 0 when there is none.
  package func revisionFloor() throws -> Int {
    try read { db in
      try LedgerRow.fetchOne(
        db,
        sql: """
          SELECT max(tree.revision) AS revision FROM tree JOIN release ON release.id = tree.release
          WHERE release.state IN ('published', 'current', 'superseded', 'archived')
          """
      ).flatMap { try $0["revision"] as Int? } ?? 0
    }
  }

  /// What a release carries, by package and push.
  package func builds(of id: ReleaseID) throws -> [BuildRecord] {
    try read { db in
      try LedgerRow.fetchAll(
        db, sql: "SELECT * FROM releaseBuild WHERE release = ? ORDER BY package, push",
        arguments: [id.description]
      ).map { row in
        try BuildRecord(
          package: row["package"], evr: Self.evr(row), push: row["push"],
          marker: Self.marker(row),
          unlisted: (row["unlisted"] as String?).flatMap(UnlistingCause.init))
      }
    }
  }

  /// What a release left out.
  package func retirements(of id: ReleaseID) throws -> [RetirementRecord] {
    try read { db in
      try LedgerRow.fetchAll(
        db, sql: "SELECT * FROM retirement WHERE release = ? ORDER BY package",
        arguments: [id.description]
      ).compactMap { row in
        try Self.marker(row).map {
          try RetirementRecord(package: row["package"], evr: Self.evr(row), marker: $0)
        }
      }
    }
  }

  private static func evr(_ row: LedgerRow) throws -> EVR {
    try EVR(epoch: row["epoch"], version: row["version"], rpmRelease: row["rpmRelease"])
  }

  private static func marker(_ row: LedgerRow) throws -> MarkerRecord? {
    guard let path = try row["marker"] as String? else { return nil }
    return try MarkerRecord(
      marker: RetirementMarker(path: path, text: row["markerText"] as String? ?? ""),
      rpm: row["markerRPM"] as String? ?? "")
  }
}
