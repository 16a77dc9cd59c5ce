import GRDB
package import ReleaseModel

/// One push into the updates tree of a release.
package struct PushRecord: Hashable, Sendable {
  /// 1 for the first push after the cut.
  package let serial: Int
  /// Seconds since 1970.
  package let at: Int
  /// What it does: brings builds, takes some out, or takes a push back.
  package let kind: PushKind
  /// Who made it, such as `alice@composer`.
  package let operatorName: String
  /// What a person said of a withdrawal or an undo.
  package let reason: String?
  /// Serial of the push that it takes back.
  package let undoes: Int?
  /// Builds that came into the listing.
  package let listed: [NVR]
  /// Builds that went out of it.
  package let unlisted: [NVR]

  /// - Parameters:
  ///   - at: seconds since 1970.
  ///   - undoes: serial; nil for a push that takes none back.
  package init(
    serial: Int, at: Int, kind: PushKind, operatorName: String, reason: String? = nil,
    undoes: Int? = nil, listed: [NVR], unlisted: [NVR]
  ) {
    self.serial = serial
    self.at = at
    self.kind = kind
    self.operatorName = operatorName
    self.reason = reason
    self.undoes = undoes
    self.listed = listed
    self.unlisted = unlisted
  }
}

/// A file of a tree that no repomd.xml leads to: kept for clients that have an
/// older one.
package struct UnlistedFile: Hashable, Codable, Sendable {
  /// Below the tree.
  package let path: RelativePath
  /// The build of an RPM; nil for metadata.
  package let build: NVR?
  /// Since when, seconds since 1970.
  package let since: Int

  /// - Parameter since: seconds since 1970; the grace time counts from it.
  package init(path: RelativePath, build: NVR?, since: Int) {
    self.path = path
    self.build = build
    self.since = since
  }
}

extension LedgerChange {
  /// Records a push, in place of one with the same serial.
  package func addPush(_ push: PushRecord, to id: ReleaseID) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO push VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        id.description, push.serial, push.at, push.kind.rawValue, push.operatorName, push.reason,
        push.undoes, try Self.json(push.listed), try Self.json(push.unlisted),
      ])
  }

  /// Notes that builds of `id` are not listed any more, or (nil) are again.
  package func setUnlisted(
    _ builds: [NVR], because cause: UnlistingCause?, by serial: Int, of id: ReleaseID
  ) throws {
    for build in builds {
      try db.execute(
        sql: """
          UPDATE releaseBuild SET unlisted = ?, unlistedBy = ?
          WHERE release = ? AND package = ? AND version = ? AND rpmRelease = ?
          """,
        arguments: [
          cause?.rawValue, cause.map { _ in serial }, id.description, build.name, build.version,
          build.rpmRelease,
        ])
    }
  }

  /// Records which files of a tree nothing leads to, in place of what was
  /// recorded before.
  package func setUnlistedFiles(_ files: [UnlistedFile], of tree: TreeName) throws {
    let key: [any DatabaseValueConvertible] = [tree.release.description, tree.area.rawValue]
    try db.execute(
      sql: "DELETE FROM unlistedFile WHERE release = ? AND area = ?",
      arguments: StatementArguments(key))
    let statement = try db.cachedStatement(
      sql: "INSERT INTO unlistedFile VALUES (?, ?, ?, ?, ?)")
    for file in files {
      try statement.execute(arguments: [
        tree.release.description, tree.area.rawValue, file.path.description,
        file.build?.description, file.since,
      ])
    }
  }

  /// Remembers what users are told in advisories.
  package func addAdvisories(_ advisories: [Advisory]) throws {
    for advisory in advisories {
      try db.execute(
        sql: "INSERT OR REPLACE INTO advisory VALUES (?, ?)",
        arguments: [advisory.id, try Self.json(advisory)])
    }
  }
}

extension Ledger {
  /// Pushes into `id`, oldest first. What was pushed by a program that did not
  /// record pushes is not among them.
  package func pushes(of id: ReleaseID) throws -> [PushRecord] {
    try rows(of: id, in: "push", orderedBy: "serial") { row in
      guard let kind = PushKind(rawValue: try row.recorded("kind")) else {
        throw Self.damaged(
          "push \(try row.recorded("serial") as Int) of \(id) is of an unknown kind")
      }
      return PushRecord(
        serial: try row.recorded("serial"), at: try row.recordedTime("at"), kind: kind,
        operatorName: try row.recorded("operator"),
        reason: try row.recorded("reason"), undoes: try row.recorded("undoes"),
        listed: try Self.decode(row.recorded("listed")),
        unlisted: try Self.decode(row.recorded("unlisted")))
    }
  }

  /// Files of a tree that nothing leads to, sorted by path.
  package func unlistedFiles(of tree: TreeName) throws -> [UnlistedFile] {
    try rows(of: tree.release, in: "unlistedFile", orderedBy: "path") { row -> UnlistedFile? in
      guard try row.recorded("area") as String == tree.area.rawValue else { return nil }
      guard let path = RelativePath(try row.recorded("path")) else {
        throw Self.damaged("a file of \(tree) is recorded wrongly")
      }
      return UnlistedFile(
        path: path, build: try Self.nvr(row.recorded("build"), of: "\(tree)"),
        since: try row.recordedTime("since"))
    }.compactMap(\.self)
  }

  /// What users were told in advisories, by id.
  package func advisories() throws -> [String: Advisory] {
    try read { db in
      Dictionary(
        try db.rows("SELECT id, contents FROM advisory") { row in
          (try row.recorded("id") as String, try Self.decode(row.recorded("contents")) as Advisory)
        }
      ) { first, _ in first }
    }
  }
}
