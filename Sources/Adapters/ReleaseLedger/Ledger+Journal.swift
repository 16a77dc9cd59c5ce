import GRDB
package import ReleaseModel

extension Ledger {
  /// The operation that began and did not end, or nil.
  package func openOperation() throws -> OpenOperation? {
    try operations(where: "isOpen = 1").last
  }

  /// Operations that are done, but whose command ended before it could tell so;
  /// oldest first.
  package func unreportedOperations() throws -> [OpenOperation] {
    try operations(where: "isOpen = 0 AND isReported = 0")
  }

  /// Operations that are done and began after `sequence`, told or not.
  package func operations(after sequence: Int) throws -> [OpenOperation] {
    try operations(where: "isOpen = 0 AND sequence > \(sequence)")
  }

  /// Operations of `kind` that are closed, oldest first: done or undone.
  package func closedOperations(of kind: String) throws -> [OpenOperation] {
    try operations(where: "isOpen = 0 AND kind = ?", [kind])
  }

  /// Sequence of the newest operation; 0 where there was none.
  package func lastOperation() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT max(sequence) FROM operation") ?? 0 }
  }

  private func operations(
    where condition: String, _ arguments: StatementArguments = []
  ) throws -> [OpenOperation] {
    try read { db in
      try db.rows(
        "SELECT * FROM operation WHERE \(condition) ORDER BY sequence", arguments: arguments
      ) { row in
        OpenOperation(
          sequence: try row.recorded("sequence"), kind: try row.recorded("kind"),
          release: try row.recorded("release"),
          started: try row.recordedTime("started"), payload: try row.recorded("payload"))
      }
    }
  }

  /// History, oldest first; of one release if given.
  package func events(of release: ReleaseID? = nil) throws -> [EventRecord] {
    try read { db in
      try db.rows("SELECT * FROM event ORDER BY sequence") { row in
        EventRecord(
          sequence: try row.recorded("sequence"), at: try row.recordedTime("at"),
          command: try row.recorded("command"),
          release: try row.recorded("release"), operatorName: try row.recorded("operator"),
          summary: try row.recorded("summary"))
      }.filter { release == nil || $0.release == release?.description }
    }
  }

  /// The builds that are tagged into `tag`, sorted by name, or nil where
  /// there is no such tag.
  package func builds(taggedInto tag: String) throws -> [NVR]? {
    try read { db in
      let exists = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM tag WHERE name = ?)", arguments: [tag])
      guard exists == true else { return nil }
      return try db.rows(
        "SELECT * FROM tagBuild WHERE tag = ? ORDER BY name, version, rpmRelease", arguments: [tag]
      ) {
        NVR(
          name: try $0.recorded("name"), version: try $0.recorded("version"),
          rpmRelease: try $0.recorded("rpmRelease"))
      }
    }
  }
}
