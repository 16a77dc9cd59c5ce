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

  /// - Parameter now: seconds since 1970; nil to believe every build.
  init(of builds: [Build], now: Int?) {
    let rpms = builds.flatMap(\.rpms)
    // Clocks of builders are not all the same.
    let limit = now.map { $0 + Self.tolerance }
    let ahead = rpms.filter { rpm in limit.map { rpm.buildTime > $0 } ?? false }
    self.ahead = ahead
    guard let limit, let now, !ahead.isEmpty else {
      newest = rpms.map(\.buildTime).max() ?? 0
      return
    }
    newest =
      rpms.map(\.buildTime).filter { $0 <= limit }.max() ?? now - now % 86_400
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
