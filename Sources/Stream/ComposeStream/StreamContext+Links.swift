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
