package import ReleaseModel

extension Policy {
  /// What each release still gets on a day: a pure function of the calendar, the states and the
  /// day. Releases that users never had, or that were dropped, are left out.
  ///
  /// The current release is leading, whatever the calendar says: users follow links to it. One
  /// that was current before is maintained as long as `ends` of its minor release allows, while
  /// its trees are at their public paths and no later release of the same minor release was
  /// promoted. A planned date ends nothing: it may still change.
  ///
  /// - Parameters:
  ///   - states: of all releases of the stream.
  ///   - day: today, in UTC.
  package func standings(
    of states: [ReleaseID: ReleaseState], on day: CalendarDate
  ) -> [ReleaseID: ReleaseStanding] {
    let had = states.filter { [.current, .superseded, .archived].contains($0.value) }
    return had.reduce(into: [:]) { standings, release in
      standings[release.key] = standing(of: release.key, release.value, among: had.keys, on: day)
    }
  }

  private func standing(
    of release: ReleaseID, _ state: ReleaseState, among releases: some Sequence<ReleaseID>,
    on day: CalendarDate
  ) -> ReleaseStanding {
    if state == .current { return .leading }
    let entry = calendar.first { $0.minorRelease == release.minorRelease }
    if hasEnded(release.minorRelease, on: day) { return .ended }
    let isReplaced = releases.contains {
      $0.minorRelease == release.minorRelease && release < $0
    }
    return state == .superseded && entry?.end != nil && !isReplaced ? .maintained : .superseded
  }

  /// The last day on which the release of a minor release gets pushes; nil while none is known.
  package func lastDay(of minorRelease: MinorRelease) -> CalendarDate? {
    guard let entry = calendar.first(where: { $0.minorRelease == minorRelease }) else { return nil }
    switch entry.end {
    case .on(let day): return day
    case .next:
      return calendar.first { minorRelease < $0.minorRelease }
        .flatMap { $0.isPlanned ? nil : $0.date.dayBefore }
    case nil: return nil
    }
  }

  private func hasEnded(_ minorRelease: MinorRelease, on day: CalendarDate) -> Bool {
    lastDay(of: minorRelease).map { $0 < day } ?? false
  }
}

extension CalendarDate {
  /// The day before this one.
  fileprivate var dayBefore: CalendarDate {
    CalendarDate(secondsSince1970: secondsSince1970 - 86_400)
  }
}
