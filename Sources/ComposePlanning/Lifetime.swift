package import ComposePolicy
package import ReleaseModel

/// How long a packager is committed to a package: one minor release or 13
/// months, whichever is shorter (proposal "Release based package lifetimes";
/// the policy can change both numbers).
package struct Lifetime: Hashable, Sendable {
  package let since: CalendarDate
  package let until: CalendarDate

  /// The commitment for a package that first appeared in `release`.
  ///
  /// Counted from the cut: the first day of the release's month, or where
  /// releases have no month, the date of its minor release. Nil when neither
  /// is known. An end by minor release counts only if the calendar has it.
  package init?(firstIn release: ReleaseID, policy: Policy) {
    guard let since = Self.cut(of: release, policy) else { return nil }
    self.since = since
    let byMonths = since.adding(months: policy.retirement.commitmentMonths)
    let later = policy.calendar.filter {
      $0.minorRelease > release.minorRelease && $0.date > since
    }
    let index = policy.retirement.commitmentMinorReleases - 1
    until = index < later.count ? min(byMonths, later[index].date) : byMonths
  }

  /// When a release was cut, as far as its name and the calendar tell.
  package static func cut(of release: ReleaseID, _ policy: Policy) -> CalendarDate? {
    if let month = release.month {
      return CalendarDate(year: month / 100, month: month % 100, day: 1)
    }
    return policy.calendar.first { $0.minorRelease == release.minorRelease }?.date
  }
}
