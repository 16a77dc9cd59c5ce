package import ReleaseModel

/// One release as the site tells of it.
package struct SiteRelease: Hashable, Sendable {
  /// State, clock and trees; pages and JSON are made from it.
  package let status: ReleaseStatus
  /// How many source packages it has.
  package let packages: Int
  /// The day on which it was composed: `YYYY-MM-DD`; nil where it is not known.
  package let cut: String?
  /// The day that its name stands for, of which commitments count: `YYYY-MM-DD`; nil
  /// where it is not known.
  package let calendarDay: String?
  /// Names of the packages that left with it.
  package let retired: [String]

  /// - Parameters:
  ///   - packages: how many source packages it has.
  ///   - cut: day on which it was composed, `YYYY-MM-DD`; nil where it is not known.
  ///   - calendarDay: day that its name stands for, `YYYY-MM-DD`; nil likewise.
  package init(
    _ status: ReleaseStatus, packages: Int, cut: String? = nil, calendarDay: String? = nil,
    retired: [String] = []
  ) {
    self.status = status
    self.packages = packages
    self.cut = cut
    self.calendarDay = calendarDay
    self.retired = retired
  }

  var release: String { status.release }
  var state: ReleaseState { status.state }
  /// Where it stands among the minor releases: the day that its name stands for; where
  /// that is not known, the day of its cut, else the one that its state began.
  var day: CalendarDate? { (calendarDay ?? cut).map { CalendarDate($0) } ?? status.since.day }
  /// Trees that can still be found.
  var trees: [TreeStatus] { status.trees.filter { $0.path != nil } }
}
