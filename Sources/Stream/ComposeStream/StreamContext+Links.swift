package import ComposePolicy
import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// Which release each link of the policy leads to, as the ledger has it.
  package func linkedReleases() throws -> LinkedReleases {
    let records = try policy.ownLinks.isEmpty ? [] : ledger.linkRecords()
    return LinkedReleases(
      leading: try ledger.currentRelease()?.id,
      own: Dictionary(records.map { ($0.path, $0.release) }) { first, _ in first })
  }

  /// Links that have moments of their own: where they lead, and when they move.
  package func ownLinkStatuses() throws -> [OwnLinkStatus] {
    if policy.ownLinks.isEmpty { return [] }
    let records = try ledger.linkRecords()
    let moves = try linkMoves()
    let today = CalendarDate(secondsSince1970: time.now)
    return try policy.ownLinks.map { link in
      let record = records.first { $0.path == link.path }
      let due = try dueRelease(of: link)
      return OwnLinkStatus(
        link: link.path.description, leads: link.rule.rawValue,
        release: record?.release.description, since: record.map { Moment($0.since) },
        due: due == record?.release ? nil : due?.description,
        next: policy.nextMoment(of: link.rule, after: due, on: today).map {
          .init(
            minorRelease: $0.minorRelease.description, date: $0.date.description,
            isPlanned: $0.isPlanned)
        },
        moves: moves.filter { $0.link == link.path }.map {
          .init(
            at: Moment($0.at), release: $0.release.description, former: $0.former?.description,
            isBack: $0.isBack)
        })
    }
  }

  /// Where the link `link` should lead today, by its rule and the calendar; nil where it stays
  /// where it is.
  package func dueRelease(of link: Policy.LinkPolicy) throws -> ReleaseID? {
    if try ending(of: nil) != nil { return nil }
    let states = Dictionary(
      try ledger.releases().filter { try ending(of: $0.id) == nil }.map { ($0.id, $0.state) }
    ) { first, _ in first }
    return policy.release(
      for: link.rule, of: states, on: CalendarDate(secondsSince1970: time.now))
  }
}
