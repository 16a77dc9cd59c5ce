import ComposeLifecycle
import ComposeStream
import ComposeTrees
import ComposeChecks
import ComposePlanning
import ComposePolicy
import ComposeSite
import ReleaseLedger
import ReleaseModel

/// Gathers what the pages tell of one stream: from the ledger, the policy and the
/// links. Reads only.
struct StreamGathering {
  let stream: StreamContext
  /// The plan of the next release, where one was asked for.
  let next: ReleasePlanner.PlannedRelease?

  func siteStream() throws -> SiteStream {
    let policy = stream.policy
    let history = try stream.packageHistory()
    let links = try LinkState(policy: policy, locations: stream.locations).targets
    let acknowledgements = try stream.ledger.acknowledgements()
    let acknowledged = Set(acknowledgements.map(\.nvr))
    return SiteStream(
      name: policy.stream, major: policy.major, title: policy.title,
      links: links.sorted { $0.key < $1.key }.map {
        SiteLink(path: $0.key.description, target: $0.value)
      },
      releases: try releases(), packages: try packages(history, acknowledgements),
      calendar: policy.calendar.map {
        SiteCalendarEntry(
          minorRelease: $0.minorRelease.description, date: $0.date.description,
          isPlanned: $0.isPlanned)
      }, plan: next.map { SitePlan($0.plan, acknowledged: acknowledged) })
  }

  private func releases() throws -> [SiteRelease] {
    try stream.ledger.releases().filter { $0.state != .composing }.sorted { $0.id < $1.id }.map {
      record in
      let builds = try stream.ledger.builds(of: record.id).filter { $0.unlisted == nil }
      return SiteRelease(
        release: record.id.description, state: record.state,
        since: Moment(record.since), clock: stream.clock(of: record),
        packages: Set(builds.map(\.package)).count, pushes: record.pushes,
        cut: Lifetime.cut(of: record.id, stream.policy)?.description,
        trees: record.trees.compactMap { tree in
          stream.locations.path(of: tree).map {
            SiteTree(
              area: tree.name.area, path: published($0),
              archivePath: tree.isArchived
                ? "\(stream.policy.roots.archive)/\(tree.name.path)" : nil)
          }
        },
        retired: try stream.departures(with: record).map(\.package))
    }
  }

  /// `path` as the policy has it, without --root: that says nothing to readers.
  private func published(_ path: String) -> String {
    path.hasPrefix(stream.locations.prefix)
      ? String(path.dropFirst(stream.locations.prefix.count)) : path
  }

  private func packages(
    _ history: [ReleaseHistory], _ acknowledgements: [Acknowledgement]
  ) throws -> [SitePackage] {
    let lookup = PackageStatusLookup(
      policy: stream.policy, history: history, live: nil,
      blocked: try next.flatMap { $0.knowsBlocks ? $0.plan.blocked : nil }
        ?? stream.recordedBlocks(),
      acknowledged: acknowledgements.operators, owners: next?.owners ?? [:],
      today: CalendarDate(secondsSince1970: stream.time.now))
    let events = try events(history)
    let statuses = lookup.packages.map(lookup.status)
    // What would break without a live package is left out, because working it
    // out for all takes minutes; `retirement` tells it of single packages.
    let closure =
      statuses.contains { $0.state != .live }
      ? try? ReverseDependencies(ofCurrentIn: stream, owners: next?.owners ?? [:]) : nil
    let replacements =
      try closure?.replacements(of: Set(statuses.filter { $0.state != .live }.map(\.package)))
      ?? [:]
    return try statuses.map { status in
      var status = status
      if status.state != .live, let closure {
        status = status.breaking(try closure.breakage(of: status.package))
        status.replacedBy = replacements[status.package] ?? []
      }
      status.lastTree = status.lastTree.map(published)
      status.archiveTree = status.archiveTree.map(published)
      return SitePackage(status, history: events[status.package] ?? [])
    }
  }

  private func events(_ history: [ReleaseHistory]) throws -> [String: [PackageEvent]] {
    var all = PackageEvents()
    for release in history {
      all.add(
        release.release,
        builds: try stream.ledger.builds(of: release.release).map { ($0.nvr, $0.push) },
        retired: release.retired.mapValues(\.nvr)
      ) { push in
        push == 0
          ? Lifetime.cut(of: release.release, stream.policy) : release.day(ofPush: push)
      }
    }
    return all.events
  }
}

extension SitePlan {
  /// - Parameter acknowledged: builds whose retirement was agreed to.
  fileprivate init(_ plan: Plan, acknowledged: Set<NVR>) {
    self.init(
      release: plan.release.description, previous: plan.previous?.description, date: plan.date,
      carried: plan.carried.count, updated: plan.updated, added: plan.added,
      retired: plan.departing, retiredBefore: plan.retiredBefore.map(\.package),
      acknowledged: acknowledged, refusals: plan.refusals,
      warnings: plan.warnings)
  }
}
