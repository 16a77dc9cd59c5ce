import ComposePolicy
package import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// What each release that users have or had still gets today: leading, maintained,
  /// superseded or ended, by the calendar of the policy and what the ledger knows. One that was
  /// restored from the archive gets nothing: its trees are those that the archive keeps; nor
  /// does one whose end was decided, once its day has come.
  package func standings() throws -> [ReleaseID: ReleaseStanding] {
    let releases = try ledger.releases()
    let states = Dictionary(releases.map { ($0.id, $0.state) }) { first, _ in first }
    var standings = policy.standings(of: states, on: CalendarDate(secondsSince1970: time.now))
    for release in releases where release.isRestored && standings[release.id] == .maintained {
      standings[release.id] = .superseded
    }
    for ending in try ledger.endings() where ending.hasCome(on: today) {
      for (release, standing) in standings where ending.covers(release) {
        // Of a stream that ends, those that were superseded before stay so.
        if standing.getsPushes || ending.subject != nil { standings[release] = .ended }
      }
    }
    return standings
  }

  /// Releases that pushes go into: the leading one first, then from the newest to the oldest,
  /// so that what is new is in the later minor release before it is in the earlier one, and
  /// nobody who goes from one to the next goes back.
  package func maintainedReleases() throws -> [ReleaseID] {
    try standings().filter(\.value.getsPushes).keys.sorted { $1 < $0 }
  }

  /// Throws `refused` unless pushes go into `record`: it is leading or maintained, or
  /// published and soaks.
  package func requireGetsPushes(_ record: ReleaseRecord) throws {
    try requireNotEnded(record.id)
    if record.state == .published { return }
    let maintained = try maintainedReleases()
    if maintained.contains(record.id) { return }
    let names = maintained.map(\.description).joined(separator: ", ")
    let remedy =
      names.isEmpty
      ? "Compose, publish and promote a release first" : "Push into one that gets them: \(names)"
    switch try standings()[record.id] {
    case .ended?:
      let day = policy.lastDay(of: record.id.minorRelease)
      throw record.refusal(
        "its maintenance ended" + (day.map { " on \($0)" } ?? "") + ", by the policy's calendar",
        remedy)
    case .superseded? where record.isRestored:
      throw record.refusal("it was restored from the archive, which keeps it as it was", remedy)
    case .superseded?:
      throw record.refusal(
        "it is \(record.state.rawValue), and the policy's calendar does not say that it gets "
          + "pushes after that",
        remedy + "; 'calendar' of the policy says with 'ends' how long a release is maintained")
    case .leading?, .maintained?, nil:
      throw record.refusal("it is \(record.state.rawValue): users do not have it", remedy)
    }
  }
}
