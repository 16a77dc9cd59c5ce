import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeSite
import ComposeStream
import ComposeTrees
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
    let cuts = try stream.cuts()
    let acknowledgements = try stream.ledger.acknowledgements()
    let acknowledged = Set(acknowledgements.map(\.nvr))
    let current = try stream.ledger.currentRelease()?.id
    let urls = [
      (policy.roots.public, policy.urls.public), (policy.roots.archive, policy.urls.archive),
    ].compactMap { path, url in url.map { (path, $0) } }
    return SiteStream(
      name: policy.stream, major: policy.major, title: policy.title,
      shortTitle: policy.shortTitle,
      asOf: CalendarDate(secondsSince1970: stream.time.now).description,
      links: try links(),
      releases: try releases(cuts),
      packages: try packages(history, acknowledgements, current, cuts),
      calendar: policy.calendar.map {
        SiteCalendarEntry(
          minorRelease: $0.minorRelease.description, date: $0.date.description,
          isPlanned: $0.isPlanned)
      }, plan: next.map { SitePlan($0.plan, acknowledged: acknowledged) },
      pageLinks: policy.site.links.filter { !$0.isOfPackage }.compactMap { link in
        link.url.url(release: current).map { PageLink(label: link.label, url: $0) }
      },
      places: SiteStream.Places(urls: Dictionary(urls) { first, _ in first }),
      feed: SiteStream.Feed(
        authority: policy.site.feedAuthority, title: policy.site.feedTitle),
      end: try stream.endStatus())
  }

  /// By path. Which release each leads to says nothing new where all lead to the current one.
  private func links() throws -> [SiteLink] {
    let targets = try LinkState(policy: stream.policy, locations: stream.locations).targets
    let linked = try stream.linkedReleases()
    let own = try stream.ownLinkStatuses()
    return stream.policy.links.sorted { $0.path < $1.path }.map { link in
      SiteLink(
        path: link.path.description, target: targets[link.path] ?? nil,
        release: own.isEmpty ? nil : linked.release(of: link)?.description,
        own: own.first { $0.link == link.mover.description })
    }
  }

  private func releases(_ cuts: [String: CalendarDate]) throws -> [SiteRelease] {
    try stream.ledger.releases().filter { $0.state != .composing }.sorted { $0.id < $1.id }.map {
      record in
      let builds = try stream.ledger.builds(of: record.id).filter { $0.unlisted == nil }
      return SiteRelease(
        try stream.status(of: record, path: published), packages: Set(builds.map(\.package)).count,
        cut: cuts[record.id.description]?.description,
        calendarDay: Lifetime.cut(of: record.id, stream.policy)?.description,
        retired: try stream.departures(with: record).map(\.package))
    }
  }

  /// `path` as the policy has it, without --root: that says nothing to readers.
  private func published(_ path: String) -> String {
    path.hasPrefix(stream.locations.prefix)
      ? String(path.dropFirst(stream.locations.prefix.count)) : path
  }

  private func packages(
    _ history: [ReleaseHistory], _ acknowledgements: [Acknowledgement], _ current: ReleaseID?,
    _ cuts: [String: CalendarDate]
  ) throws -> [SitePackage] {
    let lookup = PackageStatusLookup(
      policy: stream.policy, history: history, live: nil,
      blocked: try next.flatMap { $0.knowsBlocks ? $0.plan.blocked : nil }
        ?? stream.recordedBlocks(),
      acknowledged: acknowledgements.operators, owners: next?.owners ?? [:],
      today: CalendarDate(secondsSince1970: stream.time.now),
      end: try stream.endDay())
    let events = try events(history, cuts)
    let statuses = lookup.packages.map(lookup.status)
    // What would break without a live package is left out, because working it
    // out for all takes minutes; `retirement` tells it of single packages.
    let closure = try? ReverseDependencies(ofCurrentIn: stream, owners: next?.owners ?? [:])
    let descriptions = try self.descriptions(closure)
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
      let history = events[status.package] ?? []
      let newest = history.last { !$0.nvr.isEmpty }?.nvr
      return SitePackage(
        status, history: history,
        description: status.state == .retired ? nil : descriptions[status.package],
        links: stream.policy.site.links.compactMap { link in
          link.url.url(release: current, package: status.package, nvr: newest)
            .map { PageLink(label: link.label, url: $0) }
        })
    }
  }

  /// What packages say of themselves, joined with what they have to do with each other.
  private func descriptions(
    _ closure: ReverseDependencies?
  ) throws -> [String: PackageDescription] {
    var descriptions = try ServedDescriptions(in: stream).descriptions
    for (package, needs) in try closure?.needs() ?? [:] {
      descriptions[package]?.needs = needs.sorted { $0.precedesByBytes($1) }
      for needed in needs { descriptions[needed]?.neededBy.append(package) }
    }
    return descriptions.mapValues { description in
      var description = description
      description.neededBy.sort { $0.precedesByBytes($1) }
      return description
    }
  }

  private func events(
    _ history: [ReleaseHistory], _ cuts: [String: CalendarDate]
  ) throws -> [String: [PackageEvent]] {
    var all = PackageEvents()
    for release in history {
      all.add(
        release.release,
        builds: try stream.ledger.builds(of: release.release).map { ($0.nvr, $0.push) },
        retired: release.retired.mapValues(\.nvr)
      ) { push in
        push == 0
          ? cuts[release.release.description] : release.day(ofPush: push)
      }
    }
    return all.events
  }
}
