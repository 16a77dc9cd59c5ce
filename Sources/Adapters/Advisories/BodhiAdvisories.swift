package import ReleaseModel

/// What Bodhi calls an update that users get, and one that waits to become that.
package enum BodhiStatus: String, Sendable {
  /// Users get it.
  case stable
  /// Testers get it.
  case testing
}

/// The advisories that a Bodhi server has of updates of one status.
///
/// The list is sorted by date alone and paged by offset while packagers work on
/// it, so a page may repeat or skip what moved. The number of updates that
/// every page tells shows it.
package struct BodhiAdvisories: Sendable {
  /// URL of the server, for messages.
  package let server: String
  private let fetching: any AdvisoryFetching
  /// Most pages to read of one release: a faulty server could announce pages
  /// without end.
  private let pageLimit: Int
  /// In which all pages of all releases must have come.
  private let deadline: Duration
  private let status: BodhiStatus
  private let activity: any ActivityReporting

  /// Larger pages run into Bodhi's own time limits.
  private static let rowsPerPage = 100

  /// - Parameter server: its URL, for messages; `fetching` knows where it is.
  package init(
    server: String, fetching: any AdvisoryFetching, status: BodhiStatus = .stable,
    pageLimit: Int = 1000, deadline: Duration = .seconds(3600),
    activity: any ActivityReporting = SilentActivity()
  ) {
    self.server = server
    self.fetching = fetching
    self.status = status
    self.pageLimit = pageLimit
    self.deadline = deadline
    self.activity = activity
  }

  /// Advisories of the updates of `releases`, by id.
  ///
  /// Throws `unavailable` when the server gives no answer or none that holds
  /// still, or takes longer than ``deadline``, `badData` when its answer makes no sense.
  ///
  /// - Parameters:
  ///   - releases: Bodhi's full names, such as `EPEL-9`: `9` alone would be any release
  ///     of that version.
  ///   - builds: NVRs; an update without one of them is read and not kept, so that the
  ///     memory follows the tree and not the history of the server. Nil keeps all.
  package func advisories(
    ofReleases releases: [String], listing builds: Set<String>? = nil
  ) throws -> [Advisory] {
    let end = ContinuousClock.now.advanced(by: deadline)
    var updates: [String: BodhiUpdate] = [:]
    for release in releases {
      updates.merge(try self.updates(of: release, listing: builds, until: end)) { first, _ in first
      }
    }
    return try updates.values.sorted { $0.alias.precedesByBytes($1.alias) }.compactMap {
      try Advisory($0, server: server)
    }
  }

  private func updates(
    of release: String, listing builds: Set<String>?, until end: ContinuousClock.Instant
  ) throws -> [String: BodhiUpdate] {
    for _ in 0..<2 {
      if let updates = try unchangedUpdates(of: release, listing: builds, until: end) {
        return updates
      }
    }
    throw ComposeError(
      .unavailable, "\(server), updates of \(release)".sanitizedForDisplay,
      "the list changed each time that it was read", remedy: "Run the command again later")
  }

  /// Updates by alias; nil when the list changed meanwhile.
  private func unchangedUpdates(
    of release: String, listing builds: Set<String>?, until end: ContinuousClock.Instant
  ) throws -> [String: BodhiUpdate]? {
    // The first page tells how many there are.
    activity.begin("Reading updates of \(release)", total: nil, unit: "pages")
    defer { activity.end() }
    var updates: [String: BodhiUpdate] = [:]
    var aliases: Set<String> = []
    var total: Int?
    for page in 1...pageLimit {
      guard ContinuousClock.now < end else {
        throw ComposeError(
          .unavailable, "\(server), updates of \(release), page \(page)".sanitizedForDisplay,
          "reading updates has taken longer than \(deadline.components.seconds) seconds",
          remedy: "Run the command again when the server is faster")
      }
      let reply = try reply(page: page, of: release)
      guard reply.total == total ?? reply.total else { return nil }
      total = reply.total
      for update in reply.updates {
        aliases.insert(update.alias)
        guard builds.map({ builds in update.builds.contains { builds.contains($0.nvr) } }) ?? true
        else { continue }
        updates[update.alias] = update
      }
      activity.advance(by: 1)
      // A page with fewer updates than were asked for need not be the last.
      if page >= reply.pages || reply.updates.isEmpty { break }
    }
    return aliases.count == total ? updates : nil
  }

  private func reply(page: Int, of release: String) throws -> BodhiReply {
    // Filters of packages, builds or bugs would make pages that lose updates
    // (bodhi issue 5738); these two do not.
    let body = try fetching.get(
      "updates/",
      query: [
        ("releases", release), ("status", status.rawValue), ("page", String(page)),
        ("rows_per_page", String(Self.rowsPerPage)),
      ])
    let source = "\(server), updates of \(release), page \(page)".sanitizedForDisplay
    let reply = try BodhiReply(body, from: source, server: server)
    // Bodhi ignores parameters that it does not know, or that a proxy cut off.
    guard reply.page == page, reply.updates.allSatisfy({ $0.has(status, in: release) }) else {
      throw ComposeError(
        .badData, source, "it is not what was asked for",
        remedy: "Check that the URL is that of a Bodhi server, without a cache before it")
    }
    guard reply.pages <= pageLimit else {
      throw ComposeError(
        .unavailable, source, "it tells of \(reply.pages) pages; \(pageLimit) are the limit",
        remedy: "Check that the URL is that of a Bodhi server")
    }
    return reply
  }
}
