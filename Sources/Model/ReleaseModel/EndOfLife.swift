/// The end of life of a stream, or of one of its releases: that it was decided, and how far it
/// is carried out.
package struct EndOfLife: Hashable, Sendable {
  /// What ends; nil for the whole stream.
  package let subject: ReleaseID?
  /// The first day, in UTC, without composes and pushes.
  package let day: CalendarDate
  /// When it was decided, seconds since 1970.
  package let decided: Int
  /// What was carried out; nil while the day has not come, or nobody has done it yet.
  package let done: Done?

  /// That it was carried out.
  package struct Done: Hashable, Sendable {
    /// The release that went to the archive: of a stream, its last one.
    package let release: ReleaseID
    /// When, seconds since 1970: the grace time runs from here.
    package let at: Int
    /// Whether the grace time is over and the originals are gone.
    package let isClosed: Bool

    /// - Parameter at: seconds since 1970.
    package init(release: ReleaseID, at: Int, isClosed: Bool = false) {
      self.release = release
      self.at = at
      self.isClosed = isClosed
    }
  }

  /// - Parameters:
  ///   - subject: nil for the whole stream.
  ///   - decided: seconds since 1970.
  ///   - done: nil until it is carried out.
  package init(subject: ReleaseID?, day: CalendarDate, decided: Int, done: Done? = nil) {
    self.subject = subject
    self.day = day
    self.decided = decided
    self.done = done
  }

  /// Whether `release` gets nothing any more once it has come.
  package func covers(_ release: ReleaseID) -> Bool { subject.map { $0 == release } ?? true }

  /// Whether its day has come.
  package func hasCome(on today: CalendarDate) -> Bool { day <= today }

  /// The same, carried out.
  package func with(_ done: Done?) -> EndOfLife {
    EndOfLife(subject: subject, day: day, decided: decided, done: done)
  }
}

/// How far an end of life is, as commands and pages show it.
package struct EndStatus: Hashable, Encodable, Sendable {
  /// The words of JSON.
  package enum State: String, Codable, Sendable {
    /// Its day has not come.
    case planned
    /// Its day has come: nothing is composed and pushed, and the rest is to be done.
    case due
    /// It is carried out, and can be undone.
    case ended
    /// The grace time is over, and the originals are still there.
    case over
    /// The originals are gone.
    case closed
  }

  /// The first day without composes and pushes, `YYYY-MM-DD`.
  package let day: String
  /// How far it is.
  package let state: State
  /// When the grace time ends; null before it begins, and once originals are gone.
  @OrNull package var undoUntil: Moment?

  /// - Parameters:
  ///   - day: `YYYY-MM-DD`.
  ///   - undoUntil: nil where no grace time runs.
  package init(day: String, state: State, undoUntil: Moment?) {
    self.day = day
    self.state = state
    self.undoUntil = undoUntil
  }

  /// A sentence without its subject and without a full stop.
  package var words: String {
    switch state {
    case .planned: "ends on \(day): nothing is composed and pushed from that day on"
    case .due: "ended on \(day): nothing is composed and pushed; it is not in the archive yet"
    case .ended:
      "ended on \(day), and is in the archive"
        + (undoUntil.map { "; what was there before stays until \($0)" } ?? "")
    case .over: "ended on \(day), and is in the archive; the grace time is over"
    case .closed: "ended on \(day), and is in the archive alone"
    }
  }
}
