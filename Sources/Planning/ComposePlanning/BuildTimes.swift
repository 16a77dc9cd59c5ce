import ComposePolicy
import ReleaseModel

/// When builds were made, as far as their own clocks can be believed. A build
/// time that has not come yet becomes neither id nor date nor revision: a
/// revision far ahead could never be followed by a right one.
struct BuildTimes {
  /// The newest build time that counts, seconds since 1970: what is later than
  /// now is left out. Midnight of today (UTC) where all are, so that the same
  /// plan can be made twice; 0 where there are none.
  let newest: Int
  private let ahead: [RPMFile]

  /// - Parameters:
  ///   - release: that they are for: what was built before the end of its month,
  ///     or in the month of its minor release, is believed even by a clock that
  ///     is behind.
  ///   - now: seconds since 1970; nil to believe every build.
  init(of builds: [Build], for release: ReleaseID, now: Int?, policy: Policy) {
    let rpms = builds.flatMap(\.rpms)
    let end = Lifetime.cut(of: release, policy)?.adding(months: 1)
    func isAhead(_ rpm: RPMFile) -> Bool {
      // Clocks of builders are not all the same.
      guard let now, rpm.buildTime > now.addingClamped(Self.tolerance) else { return false }
      return end.map { CalendarDate(secondsSince1970: rpm.buildTime) >= $0 } ?? true
    }
    ahead = rpms.filter(isAhead)
    let times = (ahead.isEmpty ? rpms : rpms.filter { !isAhead($0) }).map(\.buildTime)
    newest = times.max() ?? (ahead.isEmpty ? 0 : now.map { $0 - $0 % 86_400 } ?? 0)
  }

  private static let tolerance = 3_600

  var warnings: [Finding] {
    let packages = Dictionary(grouping: ahead, by: \.package).sorted { $0.key < $1.key }
    return packages.map { package, rpms in
      let time = rpms.map(\.buildTime).max() ?? 0
      return Finding(
        code: "built-in-future",
        message: "\(package) says that it was built on \(Moment(time)), which has not come yet",
        remedy: "Look at the clock of its builder; dates and revisions leave it aside",
        package: package)
    }
  }
}
