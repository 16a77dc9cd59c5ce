package import ComposePolicy
package import ReleaseModel

/// How long a packager is committed to a package: one minor release or 13
/// months, whichever is shorter (proposal "Release based package lifetimes";
/// the policy can change both numbers).
package struct Lifetime: Hashable, Sendable {
  /// The day from which the packager is committed.
  package let since: CalendarDate
  /// The day on which the commitment ends.
  package let until: CalendarDate
  /// What ends it.
  package let rule: Rule

  /// Which of the policy's two limits ends the commitment, or that the stream ends.
  package enum Rule: Hashable, Sendable {
    /// By the release of Enterprise Linux that comes first; planned ones count
    /// as long as nobody knows better.
    case minorRelease(MinorRelease, isPlanned: Bool)
    /// So many months after ``since``.
    case months(Int)
    /// The stream ends.
    case endOfLife
  }

  /// The commitment for a package that first appeared in `release`.
  ///
  /// Counted from the cut: the first day of the release's month, or where
  /// releases have no month, the date of its minor release; from the day of the
  /// push where it came between two releases. Nil when neither is known. An end
  /// by minor release counts only if the calendar has it.
  ///
  /// - Parameter pushed: day of the push that brought it; nil for the cut.
  package init?(firstIn release: ReleaseID, pushed: CalendarDate? = nil, policy: Policy) {
    guard let since = pushed ?? Self.cut(of: release, policy) else { return nil }
    self.since = since
    let months = policy.retirement.commitmentMonths
    let byMonths = since.adding(months: months)
    let later = policy.calendar.filter {
      $0.minorRelease > release.minorRelease && $0.date > since
    }
    let index = policy.retirement.commitmentMinorReleases - 1
    if index < later.count, later[index].date <= byMonths {
      until = later[index].date
      rule = .minorRelease(later[index].minorRelease, isPlanned: later[index].isPlanned)
    } else {
      until = byMonths
      rule = .months(months)
    }
  }

  /// The same where the stream ends before: nobody is committed after that day.
  ///
  /// - Parameter end: the first day without updates; nil where no end was decided.
  package func ending(by end: CalendarDate?) -> Lifetime {
    guard let end, end < until else { return self }
    return Lifetime(since: since, until: max(since, end), rule: .endOfLife)
  }

  private init(since: CalendarDate, until: CalendarDate, rule: Rule) {
    self.since = since
    self.until = until
    self.rule = rule
  }

  /// Whether a package may leave with `release`: a release of the minor release
  /// that ends the commitment ends it, even when its month has an earlier first
  /// day.
  package func isOver(at release: ReleaseID, _ policy: Policy) -> Bool {
    if case .minorRelease(let end, _) = rule, release.minorRelease >= end { return true }
    return Self.cut(of: release, policy).map { $0 >= until } ?? true
  }

  /// When a release was cut, as far as its name and the calendar tell.
  package static func cut(of release: ReleaseID, _ policy: Policy) -> CalendarDate? {
    if let month = release.month {
      return CalendarDate(year: month / 100, month: month % 100, day: 1)
    }
    return policy.calendar.first { $0.minorRelease == release.minorRelease }?.date
  }
}

extension Lifetime.Rule: CustomStringConvertible {
  /// Such as `minor release 7.7` or `13 months`.
  package var description: String {
    switch self {
    case .minorRelease(let release, let isPlanned):
      "minor release \(release)\(isPlanned ? ", planned" : "")"
    case .months(let months): "\(months) months"
    case .endOfLife: "the end of the stream"
    }
  }
}
