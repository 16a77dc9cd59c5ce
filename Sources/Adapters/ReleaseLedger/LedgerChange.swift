import GRDB
package import ReleaseModel

/// Changes to the ledger that belong together: handed to
/// ``Ledger/commit(_:)``, all of them become durable at one instant.
package struct LedgerChange {
  let db: Database

  fileprivate init(db: Database) { self.db = db }

  // MARK: Releases

  /// Starts a release, or an abandoned one anew.
  ///
  /// - Parameter respin: how often it was composed, and abandoned, before.
  package func beginRelease(
    _ id: ReleaseID, respin: Int, previous: ReleaseID?, composeTag: String, planDigest: String,
    allowUnsigned: Bool, at time: Int
  ) throws {
    try db.execute(sql: "DELETE FROM release WHERE id = ?", arguments: [id.description])
    try db.execute(
      sql: """
        INSERT INTO release
          (id, sequence, state, since, respin, previous, composeTag, planDigest, allowUnsigned)
        VALUES (?, (SELECT coalesce(max(sequence), 0) + 1 FROM release), 'composing',
          ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id.description, time, respin, previous?.description, composeTag, planDigest, allowUnsigned,
      ])
  }

  /// Takes ``beginRelease(_:respin:previous:composeTag:planDigest:allowUnsigned:at:)``
  /// back: what was never staged does not count as composed.
  package func forgetRelease(_ id: ReleaseID) throws {
    try db.execute(
      sql: "DELETE FROM release WHERE id = ? AND respin = 0", arguments: [id.description])
    try db.execute(
      sql: "UPDATE release SET state = 'abandoned', respin = respin - 1 WHERE id = ?",
      arguments: [id.description])
  }

  /// Records a release whole, for a ledger that is rebuilt.
  package func restore(_ release: ReleaseRecord) throws {
    try db.execute(
      sql: """
        INSERT INTO release
          (id, sequence, state, since, respin, previous, composeTag, planDigest, allowUnsigned,
            testsUnsigned, checksPassed, promotion, pushes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        release.id.description, release.sequence, release.state.rawValue, release.since,
        release.respin, release.previous?.description, release.composeTag, release.planDigest,
        release.allowUnsigned, release.testsUnsigned, release.checksPassed, release.promotion,
        release.pushes,
      ])
  }

  /// - Parameter time: when the state is entered, seconds since 1970.
  package func setState(_ state: ReleaseState, of id: ReleaseID, at time: Int) throws {
    try db.execute(
      sql: "UPDATE release SET state = ?, since = ? WHERE id = ?",
      arguments: [state.rawValue, time, id.description])
  }

  /// Makes `id` the current release; the one before becomes `former`.
  package func setCurrent(_ id: ReleaseID, formerBecomes former: ReleaseState, at time: Int) throws
  {
    try db.execute(
      sql: "UPDATE release SET state = ?, since = ? WHERE state = 'current' AND id <> ?",
      arguments: [former.rawValue, time, id.description])
    try db.execute(
      sql: """
        UPDATE release SET state = 'current', since = ?,
          promotion = (SELECT coalesce(max(promotion), 0) + 1 FROM release)
        WHERE id = ?
        """, arguments: [time, id.description])
  }

  /// Records a verdict alone; see ``setChecks(passed:run:of:)``.
  package func setChecks(passed: Bool, of id: ReleaseID) throws {
    try db.execute(
      sql: "UPDATE release SET checksPassed = ? WHERE id = ?", arguments: [passed, id.description])
  }

  /// The trees have changed: the last verdict says nothing of them.
  package func forgetChecks(of id: ReleaseID) throws {
    try db.execute(
      sql: "UPDATE release SET checksPassed = NULL WHERE id = ?", arguments: [id.description])
  }

  /// Unsigned RPMs were let in after the compose.
  package func setAllowsUnsigned(_ id: ReleaseID) throws {
    try db.execute(
      sql: "UPDATE release SET allowUnsigned = 1 WHERE id = ?", arguments: [id.description])
  }

  /// Unsigned RPMs were let into its testing tree.
  package func setTestsUnsigned(_ id: ReleaseID) throws {
    try db.execute(
      sql: "UPDATE release SET testsUnsigned = 1 WHERE id = ?", arguments: [id.description])
  }

  /// - Parameter serial: of the newest push; 0 for none.
  package func setPushes(_ serial: Int, of id: ReleaseID) throws {
    try db.execute(
      sql: "UPDATE release SET pushes = ? WHERE id = ?", arguments: [serial, id.description])
  }

  /// Records a tree, in place of what was recorded for its release and area.
  package func setTree(_ tree: TreeRecord) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO tree
          (release, area, path, place, archived, manifest, revision, packages, bytes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        tree.name.release.description, tree.name.area.rawValue, tree.name.path.description,
        tree.place.rawValue, tree.isArchived, tree.manifest.hex, tree.revision, tree.packages,
        tree.bytes,
      ])
  }

  /// Records what a release carries; a build with the same NVR is replaced.
  package func addBuilds(_ builds: [BuildRecord], to id: ReleaseID) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO releaseBuild
          (release, package, epoch, version, rpmRelease, push, marker, markerText, markerRPM)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for build in builds {
      try statement.execute(
        arguments: [
          id.description, build.package, build.evr.epoch, build.evr.version, build.evr.rpmRelease,
          build.push, build.marker?.marker.path, build.marker?.marker.text, build.marker?.rpm,
        ])
    }
  }

  /// Records what a release left out because of markers.
  package func addRetirements(_ retirements: [RetirementRecord], to id: ReleaseID) throws {
    for retired in retirements {
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO retirement
            (release, package, epoch, version, rpmRelease, marker, markerText, markerRPM)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id.description, retired.package, retired.evr.epoch, retired.evr.version,
          retired.evr.rpmRelease, retired.marker.marker.path, retired.marker.marker.text,
          retired.marker.rpm,
        ])
    }
  }

  // MARK: Journal

  /// Opens an operation; from now on it must be finished or undone, and the
  /// command that asks for it must tell how it ended.
  /// Returns its sequence.
  package func openOperation(
    kind: String, release: String, payload: String, at time: Int
  ) throws -> Int {
    try db.execute(
      sql: "INSERT INTO operation (kind, release, started, payload, isOpen, isReported) "
        + "VALUES (?, ?, ?, ?, 1, 0)",
      arguments: [kind, release, time, payload])
    return Int(db.lastInsertedRowID)
  }

  /// Closes an operation: recovery will not look at it again.
  ///
  /// - Parameter isUndone: whether nothing of it was done, so that nothing is
  ///   left to tell.
  package func closeOperation(_ sequence: Int, isUndone: Bool = false) throws {
    try db.execute(
      sql: "UPDATE operation SET isOpen = 0, isReported = ? WHERE sequence = ?",
      arguments: [isUndone, sequence])
  }

  /// Notes that a command has told how operations ended: those begun after
  /// `sequence`, and those of `told`.
  package func markOperationsReported(after sequence: Int = 0, and told: Set<Int> = []) throws {
    try db.execute(
      sql:
        "UPDATE operation SET isReported = 1 WHERE isReported = 0 AND isOpen = 0 AND sequence > ?",
      arguments: [sequence])
    for sequence in told {
      try db.execute(
        sql: "UPDATE operation SET isReported = 1 WHERE sequence = ?", arguments: [sequence])
    }
  }

  /// Adds one line of history.
  /// - Parameter release: its ID as text.
  package func addEvent(
    command: String, release: String, operatorName: String, summary: String, at time: Int
  ) throws {
    try db.execute(
      sql: "INSERT INTO event (at, command, release, operator, summary) VALUES (?, ?, ?, ?, ?)",
      arguments: [time, command, release, operatorName, summary])
  }

  // MARK: Tags of the embedded build system

  /// Makes a tag, if it is missing.
  package func makeTag(_ name: String) throws {
    try db.execute(sql: "INSERT OR IGNORE INTO tag VALUES (?)", arguments: [name])
  }

  /// Tags builds; those that are in it already stay.
  package func tag(_ builds: [NVR], into name: String) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO tagBuild VALUES (?, ?, ?, ?)")
    for build in builds {
      try statement.execute(
        arguments: [name, build.name, build.version, build.rpmRelease])
    }
  }

  /// Removes a tag with what was tagged into it.
  package func removeTag(_ name: String) throws {
    try db.execute(sql: "DELETE FROM tag WHERE name = ?", arguments: [name])
  }
}

extension Ledger {
  /// Makes all changes of `body` durable at one instant, or none.
  @discardableResult
  package func commit<Value>(_ body: (LedgerChange) throws -> Value) throws -> Value {
    let observer = CommitPoint.observer
    let isMade = try observer?.willCommit() ?? true
    let value = try write(isMade: isMade) { db in try body(LedgerChange(db: db)) }
    observer?.didCommit()
    return value
  }
}
