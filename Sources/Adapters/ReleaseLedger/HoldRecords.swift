import Foundation
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

extension LedgerChange {
  /// Records what a push changed of the documents beside packages.
  package func addDocumentChanges(
    _ changes: [DocumentChange], by serial: Int, to id: ReleaseID
  ) throws {
    for change in changes {
      try db.execute(
        sql: "INSERT OR REPLACE INTO pushDocument VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          id.description, serial, change.kind.rawValue, change.key, change.digest?.hex,
          change.former,
        ])
    }
  }

  /// Notes that documents were taken back: while their sources say the same, users
  /// go on with what they had before.
  ///
  /// - Parameter time: seconds since 1970.
  package func hold(_ documents: [DocumentChange], at time: Int) throws {
    for document in documents {
      try db.execute(
        sql: "INSERT OR REPLACE INTO documentHold VALUES (?, ?, ?, ?, ?)",
        arguments: [
          document.kind.rawValue, document.key, document.digest?.hex ?? "", document.former, time,
        ])
      guard document.kind == .advisory else { continue }
      // What users are told last.
      try db.execute(sql: "DELETE FROM advisory WHERE id = ?", arguments: [document.key])
    }
  }

  /// Lifts the holds of advisories, of those that are held.
  package func liftHolds(ofAdvisories ids: some Sequence<String>) throws {
    for id in ids {
      try db.execute(
        sql: "DELETE FROM documentHold WHERE kind = ? AND key = ?",
        arguments: [DocumentChange.Kind.advisory.rawValue, id])
    }
  }
}

extension Ledger {
  /// What pushes into `id` changed of the documents beside packages, by serial.
  package func documentChanges(of id: ReleaseID) throws -> [Int: [DocumentChange]] {
    var changes: [Int: [DocumentChange]] = [:]
    _ = try rows(of: id, in: "pushDocument", orderedBy: "serial, kind, key") { row in
      changes[try row.recorded("serial"), default: []].append(try Self.documentChange(row))
    }
    return changes
  }

  /// Documents that were taken back.
  package func documentHolds() throws -> [DocumentHold] {
    try read { db in
      try db.rows("SELECT * FROM documentHold ORDER BY kind, key") { row in
        DocumentHold(
          document: try Self.documentChange(row), at: try row.recordedTime("at"))
      }
    }
  }

  private static func documentChange(_ row: Row) throws -> DocumentChange {
    guard let kind = DocumentChange.Kind(rawValue: try row.recorded("kind")) else {
      throw damaged("a document of an unknown kind is recorded")
    }
    let digest = (try row.recorded("digest") as String?).flatMap { $0.isEmpty ? nil : $0 }
    return DocumentChange(
      kind: kind, key: try row.recorded("key"), digest: digest.flatMap { Checksum(hex: $0) },
      former: try row.recorded("former"))
  }

  /// Builds that stay out of everything that users get, oldest decision first.
  package func holds() throws -> [BuildHold] {
    try read { db in
      try db.rows("SELECT * FROM hold WHERE liftedAt IS NULL ORDER BY sequence") {
        row in
        guard let cause = UnlistingCause(rawValue: try row.recorded("cause")) else {
          throw Self.damaged(
            "the hold of \(try row.recorded("package") as String) has an unknown cause")
        }
        return BuildHold(
          nvr: NVR(
            name: try row.recorded("package"), version: try row.recorded("version"),
            rpmRelease: try row.recorded("rpmRelease")),
          cause: cause, reason: try row.recorded("reason"),
          operatorName: try row.recorded("operator"), at: try row.recordedTime("at"),
          release: try row.recordedRelease("release"))
      }
    }
  }
}
