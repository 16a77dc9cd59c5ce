/// A link that has moments of its own, as commands and pages show it: where it leads, since when,
/// and when it moves.
package struct OwnLinkStatus: Hashable, Encodable, Sendable {
  /// Below the public root.
  package let link: String
  /// Its rule: `released` or `maintained`.
  package let leads: String
  /// ID of the release that it leads to; null before the first time.
  @OrNull package var release: String?
  /// When it moved there; null before the first time.
  @OrNull package var since: Moment?
  /// ID of the release that it is time for; null while its moment has not come.
  @OrNull package var due: String?
  /// What its next moment is; null where no day of the calendar is.
  @OrNull package var next: Next?
  /// What the journal knows of its moves, oldest first.
  package let moves: [Move]

  /// A minor release whose coming is the next moment.
  package struct Next: Hashable, Encodable, Sendable {
    /// Such as `10.2`.
    package let minorRelease: String
    /// `YYYY-MM-DD`.
    package let date: String
    /// Whether the day is only intended.
    package let isPlanned: Bool

    /// - Parameter date: `YYYY-MM-DD`.
    package init(minorRelease: String, date: String, isPlanned: Bool) {
      self.minorRelease = minorRelease
      self.date = date
      self.isPlanned = isPlanned
    }
  }

  /// One move.
  package struct Move: Hashable, Encodable, Sendable {
    /// When.
    package let at: Moment
    /// ID of the release that it has led to since.
    package let release: String
    /// ID of the one that it led to before; null where it was made.
    @OrNull package var former: String?
    /// Whether it went back.
    package let isBack: Bool

    /// - Parameter former: nil where it was made.
    package init(at: Moment, release: String, former: String?, isBack: Bool) {
      self.at = at
      self.release = release
      self.former = former
      self.isBack = isBack
    }

    /// Where it went.
    package var words: String {
      (isBack ? "back to " : "to ") + release + (former.map { ", from \($0)" } ?? "")
    }
  }

  /// - Parameters:
  ///   - leads: its rule.
  ///   - release: nil before the first time.
  ///   - since: likewise.
  ///   - due: nil while its moment has not come.
  ///   - next: nil where no day of the calendar is one.
  ///   - moves: oldest first.
  package init(
    link: String, leads: String, release: String?, since: Moment?, due: String?, next: Next?,
    moves: [Move]
  ) {
    self.link = link
    self.leads = leads
    self.moves = moves
    self.release = release
    self.since = since
    self.due = due
    self.next = next
  }

  /// When it moves, as the rest of a sentence that begins with its name.
  package var moment: String {
    if let due { return "is to move to \(due) now" }
    guard let next else {
      return leads == "maintained"
        ? "moves when a later release is the newest that is maintained"
        : "moves when the next minor release comes"
    }
    return next.isPlanned
      ? "moves when \(next.minorRelease) comes, which is planned for \(next.date)"
      : "moves to \(next.minorRelease) on \(next.date)"
  }
}
