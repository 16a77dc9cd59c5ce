import GRDB
package import ReleaseModel

/// Changes to the copy of an older ledger, by which it becomes what the disk proves.
extension LedgerChange {
  /// Records the state of a release that is there, with its trees; builds and all that
  /// people decided stay.
  package func reinstate(_ release: ReleaseRecord) throws {
    try db.execute(
      sql: """
        UPDATE release SET state = ?, since = ?, allowUnsigned = ?, testsUnsigned = ?,
          checksPassed = ?, promotion = ?, pushes = ?
        WHERE id = ?
        """,
      arguments: [
        release.state.rawValue, release.since, release.allowUnsigned, release.testsUnsigned,
        release.checksPassed, release.promotion, release.pushes, release.id.description,
      ])
    for tree in release.trees { try setTree(tree) }
  }

  /// Removes everything about a release that was composed again since.
  package func removeRelease(_ id: ReleaseID) throws {
    try db.execute(sql: "DELETE FROM release WHERE id = ?", arguments: [id.description])
  }
}
