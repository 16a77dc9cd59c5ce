package import ReleaseModel

/// Which release clients use, hour by hour: requests for repomd.xml and for metalinks.
package struct AdoptionReport: Hashable, Sendable, Encodable {
  /// Requests of one release in one hour.
  package struct Share: Hashable, Sendable, Encodable {
    /// Nil for what the links led to before the first flip that the ledger knows.
    @OrNull package var release: String?
    /// Through a link, or by a name without release: the release that the ledger says was
    /// current then.
    package let link: Int
    /// By the path of its tree, or by its own name.
    package let concrete: Int
    /// Of all in this hour, 0 to 1.
    package let share: Double
  }

  /// One hour with requests.
  package struct Hour: Hashable, Sendable, Encodable {
    /// When it begins.
    package let at: Moment
    /// Those with requests, by release.
    package let releases: [Share]
  }

  /// How long a release took after its links had moved to it.
  package struct Uptake: Hashable, Sendable, Encodable {
    /// The release.
    package let release: String
    /// The link that moved alone; left out for those that lead to the leading release.
    package let link: String?
    /// When the links moved.
    package let flip: Moment
    /// Hours until the first hour, begun after the flip, in which it had 50 % of all
    /// requests; where links move at moments of their own, of those for it and for the release that
    /// was left. Nil where that did not come.
    @OrNull package var until50: Int?
    /// The same for 90 %.
    @OrNull package var until90: Int?
    /// The same for 99 %.
    @OrNull package var until99: Int?

    /// The release, and the link that moved to it alone, for people.
    package var name: String { release + (link.map { " by \($0)" } ?? "") }
  }

  /// By time; hours without requests are left out.
  package let hours: [Hour]
  /// What the ledger did while the logs were written, by time.
  package let events: [StreamPaths.Event]
  /// One for each flip of ``events``.
  package let uptake: [Uptake]

  init(_ logs: [ServerLog], _ paths: StreamPaths) {
    var rows: [Int: [Int]] = [:]
    for log in logs {
      for (hour, row) in log.tally.adoption.hours {
        let known = rows[hour]
        rows[hour] = known.map { zip($0, row).map { $0 + $1 } } ?? row
      }
    }
    let releases: [Int?] = [nil] + paths.releases.indices.map { $0 }
    hours = rows.sorted { $0.key < $1.key }.map { hour, row in
      let sum = row.reduce(0, +)
      let shares = releases.compactMap { release -> Share? in
        let link = row[AdoptionTally.column(release: release, isLink: true)]
        let concrete = row[AdoptionTally.column(release: release, isLink: false)]
        guard link + concrete > 0 else { return nil }
        return Share(
          release: release.map { paths.releases[$0] }, link: link, concrete: concrete,
          share: Double(link + concrete) / Double(max(1, sum)))
      }
      return Hour(at: Moment(hour * 3600), releases: shares)
    }
    let first = logs.map(\.tally.first).min() ?? .max
    let last = logs.map(\.tally.last).max() ?? .min
    events = paths.events.filter { $0.at.seconds >= first - 3600 && $0.at.seconds <= last }
    let hours = hours
    let events = events
    let flips = events.filter { $0.kind == .flip }
    let movesAlone = paths.movers.count > 1
    uptake = flips.enumerated().map { index, flip in
      let end = flips[(index + 1)...].first { $0.link == flip.link }?.at.seconds ?? Int.max
      // Clients of other links stay where they are: they are none of the clients that moved.
      let left = movesAlone ? paths.left(by: flip) : nil
      func hoursUntil(_ share: Double) -> Int? {
        let found = hours.first { hour in
          hour.at.seconds > flip.at.seconds - 3600 && hour.at.seconds < end
            && hour.share(of: flip.release, besides: left, ofAll: !movesAlone) >= share
        }
        return found.map { max(0, ($0.at.seconds - flip.at.seconds + 3599) / 3600) }
      }
      return Uptake(
        release: flip.release, link: flip.link, flip: flip.at, until50: hoursUntil(0.5),
        until90: hoursUntil(0.9), until99: hoursUntil(0.99))
    }
  }
}

extension AdoptionReport.Hour {
  /// Share of requests of `release`, 0 to 1; below 0 where it has none.
  ///
  /// - Parameters:
  ///   - former: the release that was left.
  ///   - isOfAll: whether it is of all requests; else of those for either release.
  fileprivate func share(of release: String, besides former: String?, ofAll isOfAll: Bool) -> Double
  {
    guard let own = releases.first(where: { $0.release == release }) else { return -1 }
    if isOfAll { return own.share }
    let left = former.flatMap { former in releases.first { $0.release == former } }
    let count = own.link + own.concrete
    return Double(count) / Double(count + (left.map { $0.link + $0.concrete } ?? 0))
  }
}
