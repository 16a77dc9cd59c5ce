package import ReleaseModel

/// Which release each link of a policy leads to: the one value that is asked wherever links
/// matter.
package struct LinkedReleases: Hashable, Sendable {
  /// Where links lead that move with the leading release; nil before the first promotion.
  package private(set) var leading: ReleaseID?
  /// Where links lead that have moments of their own, by their paths; without those that have
  /// not been made yet.
  package private(set) var own: [RelativePath: ReleaseID]

  /// - Parameters:
  ///   - leading: nil before the first promotion.
  ///   - own: of links that have moments of their own.
  package init(leading: ReleaseID?, own: [RelativePath: ReleaseID] = [:]) {
    self.leading = leading
    self.own = own
  }

  /// The release that `link` leads to; nil where it leads nowhere yet.
  package func release(of link: Policy.LinkPolicy) -> ReleaseID? {
    link.rule == .leading ? leading : own[link.mover]
  }

  /// The release that `mover` leads to; nil where it leads nowhere yet.
  ///
  /// - Parameter mover: a link that has moments of its own; nil for those that move with the
  ///   leading release.
  package func release(movedBy mover: RelativePath?) -> ReleaseID? {
    mover.map { own[$0] } ?? leading
  }

  /// Whether any of `links` leads to `release`.
  package func leads(_ links: [Policy.LinkPolicy], to release: ReleaseID) -> Bool {
    links.contains { self.release(of: $0) == release }
  }

  /// The same once a link has moved.
  ///
  /// - Parameter link: one that has moments of its own; nil for those that move with the
  ///   leading release.
  package func moving(_ link: RelativePath?, to release: ReleaseID) -> LinkedReleases {
    var moved = self
    if let link { moved.own[link] = release } else { moved.leading = release }
    return moved
  }
}

extension Policy {
  /// The links that move with the leading release, or with the link `mover`: those that are
  /// constant and lead through it are among them.
  package func links(movingWith mover: RelativePath?) -> [LinkPolicy] {
    links.filter { link in
      mover.map { $0 == link.mover } ?? (link.rule == .leading)
    }
  }

  /// Links that have moments of their own.
  package var ownLinks: [LinkPolicy] { links.filter { $0.moves && $0.rule != .leading } }

  /// The link with moments of its own that moves with the link at `path`: that one itself, or the one
  /// that it leads through. Nil where that moves with the leading release.
  ///
  /// - Parameter path: nil for what goes with the leading release.
  package func ownMover(of path: RelativePath?) -> RelativePath? {
    links.first { $0.path == path && $0.rule != .leading }?.mover
  }

  /// Whose coming moves a link of `rule` next, by the calendar; nil where no day of the calendar does.
  ///
  /// - Parameters:
  ///   - due: where the link should lead today.
  ///   - day: today, in UTC.
  package func nextMoment(
    of rule: LinkRule, after due: ReleaseID?, on day: CalendarDate
  ) -> CalendarEntry? {
    guard rule == .released else { return nil }
    return calendar.first { entry in
      (entry.isPlanned || day < entry.date)
        && due.map { $0.minorRelease < entry.minorRelease } ?? true
    }
  }

  /// Where a link of `rule` should lead on a day, by the calendar; nil where no release fits,
  /// so that it stays where it is.
  ///
  /// - Parameters:
  ///   - states: of all releases of the stream.
  ///   - day: today, in UTC.
  package func release(
    for rule: LinkRule, of states: [ReleaseID: ReleaseState], on day: CalendarDate
  ) -> ReleaseID? {
    let standings = standings(of: states, on: day)
    switch rule {
    case .leading: return standings.first { $0.value == .leading }?.key
    case .maintained: return standings.filter { $0.value == .maintained }.keys.max()
    case .released:
      return standings.keys.filter { release in
        states[release] != .archived
          && calendar.contains {
            $0.minorRelease == release.minorRelease && !$0.isPlanned && $0.date <= day
          }
      }.max()
    }
  }
}
