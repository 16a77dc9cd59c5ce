package import ReleaseModel

/// One release as the site tells of it.
package struct SiteRelease: Hashable, Sendable {
  /// State, clock and trees; pages and JSON are made from it.
  package let status: ReleaseStatus
  /// How many source packages it has.
  package let packages: Int
  /// The day it was cut: `YYYY-MM-DD`; nil where it is not known.
  package let cut: String?
  /// Names of the packages that left with it.
  package let retired: [String]

  /// - Parameters:
  ///   - packages: how many source packages it has.
  ///   - cut: `YYYY-MM-DD`; nil where it is not known.
  package init(
    _ status: ReleaseStatus, packages: Int, cut: String? = nil, retired: [String] = []
  ) {
    self.status = status
    self.packages = packages
    self.cut = cut
    self.retired = retired
  }

  var release: String { status.release }
  var state: ReleaseState { status.state }
  /// The day of its cut; where that is not known, the one that its state began.
  var day: CalendarDate? { cut.map { CalendarDate($0) } ?? status.since.day }
  /// Trees that can still be found.
  var trees: [TreeStatus] { status.trees.filter { $0.path != nil } }
}
