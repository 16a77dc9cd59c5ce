import GRDB
package import ReleaseModel

extension LedgerChange {
  /// Records an end of life, in place of what was recorded of its subject.
  package func setEnding(_ ending: EndOfLife) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO ending (subject, day, decided, release, doneAt, closed)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        Ledger.word(for: ending.subject), ending.day.description, ending.decided,
        ending.done?.release.description, ending.done?.at, ending.done?.isClosed ?? false,
      ])
  }

  /// Takes it back.
  ///
  /// - Parameter subject: nil for the whole stream.
  package func removeEnding(of subject: ReleaseID?) throws {
    try db.execute(
      sql: "DELETE FROM ending WHERE subject = ?", arguments: [Ledger.word(for: subject)])
  }

  /// Records that a tag of the hub is locked because of an end, before it is.
  package func rememberLock(of tag: String, for subject: ReleaseID?) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO lockedTag (name, subject) VALUES (?, ?)",
      arguments: [tag, Ledger.word(for: subject)])
  }

  /// The tag is open again, or gone.
  package func forgetLock(of tag: String) throws {
    try db.execute(sql: "DELETE FROM lockedTag WHERE name = ?", arguments: [tag])
  }

  /// Forgets where links led that had moments of their own: they are gone.
  package func removeLinks() throws {
    try db.execute(sql: "DELETE FROM linkRelease")
  }
}

extension Ledger {
  /// Ends of life that were decided: that of the stream first, then by release.
  package func endings() throws -> [EndOfLife] {
    try read { db in
      try db.rows("SELECT * FROM ending", Self.ending)
    }.sorted { one, other in
      guard let release = one.subject else { return other.subject != nil }
      return other.subject.map { release < $0 } ?? false
    }
  }

  private static func ending(_ row: Row) throws -> EndOfLife {
    let text: String = try row.recorded("day")
    guard let day = CalendarDate(text) else {
      throw damaged("'\(text.sanitizedForDisplay)' is recorded as a day")
    }
    let release = try row.recorded("release") as String?
    let at = try row.recordedTimeIfAny("doneAt")
    let done = try release.flatMap { text in
      try at.map {
        EndOfLife.Done(
          release: try releaseID(text), at: $0, isClosed: try row.recorded("closed"))
      }
    }
    return EndOfLife(
      subject: try subject(row.recorded("subject")), day: day,
      decided: try row.recordedTime("decided"), done: done)
  }

  /// Tags of the hub that were locked, or were about to be, because `subject` ends; sorted.
  ///
  /// - Parameter subject: nil for the whole stream.
  package func lockedTags(of subject: ReleaseID?) throws -> [String] {
    try read { db in
      try db.rows(
        "SELECT name FROM lockedTag WHERE subject = ? ORDER BY name",
        arguments: [Self.word(for: subject)]
      ) { try $0.recorded("name") }
    }
  }

  private static let stream = "stream"

  fileprivate static func word(for subject: ReleaseID?) -> String {
    subject?.description ?? stream
  }

  private static func subject(_ text: String) throws -> ReleaseID? {
    text == stream ? nil : try releaseID(text)
  }
}
