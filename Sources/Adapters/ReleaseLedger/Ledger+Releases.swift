import GRDB
package import ReleaseModel

extension Ledger {
  /// All releases, oldest compose first.
  package func releases() throws -> [ReleaseRecord] {
    try read { db in
      let trees = try db.rows("SELECT * FROM tree") { row in
        try Self.tree(row, of: try row.recordedRelease("release"))
      }
      let grouped = Dictionary(grouping: trees, by: \.name.release)
      return try db.rows("SELECT * FROM release ORDER BY sequence") { row in
        let id = try row.recordedRelease("id")
        return try Self.release(row, id, trees: grouped[id] ?? [])
      }
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

  private static func release(
    _ row: Row, _ id: ReleaseID, trees: [TreeRecord]
  ) throws -> ReleaseRecord {
    guard let state = ReleaseState(rawValue: try row.recorded("state")) else {
      throw damaged("release \(id) has the unknown state '\(try row.recorded("state") as String)'")
    }
    return ReleaseRecord(
      id: id, sequence: try row.recorded("sequence"), state: state,
      since: try row.recordedTime("since"), respin: try row.recorded("respin"),
      previous: try (try row.recorded("previous") as String?).map(releaseID),
      composeTag: try row.recorded("composeTag"), planDigest: try row.recorded("planDigest"),
      allowUnsigned: try row.recorded("allowUnsigned"),
      testsUnsigned: try row.recorded("testsUnsigned"),
      checksPassed: try row.recorded("checksPassed"),
      promotion: try row.recorded("promotion"), pushes: try row.recorded("pushes"),
      trees: trees.sorted { $0.name.area < $1.name.area })
  }

  private static func tree(_ row: Row, of release: ReleaseID) throws -> TreeRecord {
    guard let area = Area(rawValue: try row.recorded("area")),
      let path = RelativePath(try row.recorded("path")),
      let place = TreeRecord.Place(rawValue: try row.recorded("place")),
      let manifest = Checksum(hex: try row.recorded("manifest"))
    else { throw damaged("a tree of release \(release) is recorded wrongly") }
    return TreeRecord(
      name: TreeName(area: area, release: release, path: path), place: place,
      isArchived: try row.recorded("archived"), manifest: manifest,
      revision: try row.recorded("revision"),
      packages: try row.recorded("packages"), bytes: try row.recorded("bytes"))
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
  ///
  /// - Parameter isStable: whether of stable areas or of testing: no link leads from one to the
  ///   other, and what is tested changes no plan of a release.
  package func revisionFloor(stable isStable: Bool = true) throws -> Int {
    try read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT max(tree.revision) FROM tree JOIN release ON release.id = tree.release
          WHERE release.state IN ('published', 'current', 'superseded', 'archived')
            AND (tree.area = ?) = ?
          """, arguments: [Area.testing.rawValue, !isStable]) ?? 0
    }
  }

  /// What a release carries, by package and push.
  package func builds(of id: ReleaseID) throws -> [BuildRecord] {
    try read { db in
      try db.rows(
        "SELECT * FROM releaseBuild WHERE release = ? ORDER BY package, push",
        arguments: [id.description]
      ) { row in
        BuildRecord(
          package: try row.recorded("package"), evr: try Self.evr(row),
          push: try row.recorded("push"),
          marker: try Self.marker(row),
          unlisted: (try row.recorded("unlisted") as String?).flatMap(UnlistingCause.init))
      }
    }
  }

  /// What a release left out.
  package func retirements(of id: ReleaseID) throws -> [RetirementRecord] {
    try read { db in
      try db.rows(
        "SELECT * FROM retirement WHERE release = ? ORDER BY package", arguments: [id.description]
      ) { row in
        try Self.marker(row).map {
          RetirementRecord(package: try row.recorded("package"), evr: try Self.evr(row), marker: $0)
        }
      }.compactMap(\.self)
    }
  }

  private static func evr(_ row: Row) throws -> EVR {
    EVR(
      epoch: try row.recorded("epoch"), version: try row.recorded("version"),
      rpmRelease: try row.recorded("rpmRelease"))
  }

  private static func marker(_ row: Row) throws -> MarkerRecord? {
    guard let path = try row.recorded("marker") as String? else { return nil }
    return MarkerRecord(
      marker: RetirementMarker(path: path, text: try row.recorded("markerText") ?? ""),
      rpm: try row.recorded("markerRPM") ?? "")
  }
}
