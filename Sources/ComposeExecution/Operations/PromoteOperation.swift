import ComposePolicy
package import ReleaseLedger
package import ReleaseModel

/// Moves the links to a published release.
package struct PromoteOperation: Operation {
  package static let kind = "promote"

  package let release: ReleaseID
  private let links: LinkChange
  private let skippedSoak: Bool

  /// Throws `refused` unless `record` is published, its checks passed, its
  /// soak time is over (or skipped), and the links are untouched.
  package init(_ record: ReleaseRecord, skipSoak: Bool, at site: Site) throws {
    switch record.state {
    case .published: break
    case .current: throw record.refusal("it is current already", "Nothing is left to promote")
    case .staged:
      throw record.refusal(
        "it is staged, not published", "Publish it first: epel-compose publish \(record.id)")
    case .superseded:
      throw record.refusal(
        "it is superseded", "Go back to it with: epel-compose rollback \(record.id.major)")
    case .composing, .archived, .abandoned:
      throw record.refusal("it is \(record.state.rawValue)", "Promote a published release")
    }
    guard record.checksPassed == true else {
      throw record.refusal(
        record.checksPassed == nil ? "its checks have not run" : "its checks failed",
        "Run them again: epel-compose check \(record.id)")
    }
    let current = try site.ledger.currentRelease()
    if let current, record.id < current.id {
      throw record.refusal(
        "it is older than \(current.id), which is current",
        "Go back with: epel-compose rollback \(record.id.major)")
    }
    let ready = record.since + site.policy.clocks.soak.seconds
    if !skipSoak, site.time.now < ready {
      throw record.refusal(
        "mirrors have had it for less than the soak time of \(site.policy.clocks.soak)",
        "Promote it after \(Moment(ready)), or do it now with --skip-soak")
    }
    release = record.id
    skippedSoak = skipSoak && site.time.now < ready
    links = try LinkChange(to: record, from: current, at: site)
  }

  package var title: String { "promote \(release)" }
  package var summary: String { "made current" + (skippedSoak ? ", soak time skipped" : "") }

  package func steps(at site: Site) throws -> [any Step] { links.steps }

  package func undo(
    at site: Site, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    try links.undo(at: site, after: reason)
  }

  package func conclude(at site: Site) throws -> @Sendable (LedgerChange) throws -> Void {
    let records = try links.records(at: site)
    let (release, now) = (release, site.time.now)
    return { change in
      for record in records { try change.setTree(record) }
      try change.setCurrent(release, formerBecomes: .superseded, at: now)
    }
  }
}
