import ArgumentParser
import BuildSystems
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import DocumentSigning
import RPMPackages
import ReleaseLedger
import ReleaseModel

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Releases, links, soak and grace clocks.",
    discussion: """
      With --from-disk, every tree is read, and what the disk proves is shown. Where the ledger \
      is missing, cannot be read, or is an older copy than the disk, it is made anew from that, \
      and the old file is put aside; what only an older copy knows is taken from it. Any other \
      ledger is never touched.
      """)

  @Argument(
    help: "The major version, such as 7, or the name of the stream; all if none is given.")
  var stream: StreamArgument?

  @Flag(help: "Ask the trees instead of the ledger; rebuild a ledger that is lost or behind.")
  var fromDisk = false

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if fromDisk, buildSystem.namesDirectories {
      throw ValidationError("--from-disk asks the trees, --rpms what is live: decide on one.")
    }
  }

  func run() async throws {
    let context = Context(global, fromDisk ? change : nil)
    let entries: [PolicySet.Entry]
    if fromDisk {
      guard let stream else {
        throw ComposeError(
          .usage, "status --from-disk", "it names no stream",
          remedy: "Name the major version, such as: epel-compose status 7 --from-disk")
      }
      return try context.render(
        StatusReport(
          streams: [try streamFromDisk(stream.policy(context), context)],
          places: context.placesOfEnvironment))
    }
    if stream == nil, buildSystem.namesDirectories {
      throw ComposeError(
        .usage, "status --rpms", "it names no stream",
        remedy: "Name the major version, such as: epel-compose status 7 --rpms DIR")
    }
    if let stream {
      entries = [try stream.policy(context)]
    } else {
      let set = try context.policies()
      for problem in set.problems { context.activity.note("skipped \(problem)") }
      entries = set.entries
      // Nothing to show is no good news.
      if entries.isEmpty, let problem = set.problems.first { throw problem }
    }
    // A stream that cannot be read hides no other; it is told at the end.
    var problem: ComposeError?
    var streams: [StatusReport.Stream] = []
    for entry in entries {
      do {
        let stream = try context.readingStream(entry)
        streams.append(try Self.stream(stream, left: await left(stream, context)))
      } catch let error as ComposeError {
        problem = problem ?? error
      }
    }
    if !streams.isEmpty || problem == nil {
      try context.render(StatusReport(streams: streams, places: context.placesOfEnvironment))
    }
    if let problem { throw problem }
  }

  /// Builds that users have and that are not live any more: asked of the directory
  /// or the hub; where neither can be, what the last update saw.
  private func left(_ stream: StreamContext, _ context: Context) async throws -> [BuildEntry] {
    guard let current = try stream.ledger.currentRelease(),
      let snapshot = try stream.currentSnapshot()
    else { return [] }
    do {
      let asked: (any BuildSystem)? =
        buildSystem.namesDirectories
        ? try context.directories(buildSystem.rpms, stream)
        : try context.hub(ofTag: current.composeTag, stream, for: current.id)
      guard let asked else { return try stream.ledger.left(of: current.id) }
      let live = try await asked.liveVersions(reporting: context.activity)
      return Planner(policy: stream.policy, order: .rpm)
        .leftBuilds(snapshot, live: live.versions, blocked: live.blocked)
    } catch let error as ComposeError
      where !buildSystem.namesDirectories
      && [.unavailable, .noInput, .permission].contains(error.kind)
    {
      context.warn("what left the live tag is what the last update saw: \(error)")
      return try stream.ledger.left(of: current.id)
    }
  }

  private func streamFromDisk(
    _ entry: PolicySet.Entry, _ context: Context
  ) throws -> StatusReport.Stream {
    let stream = try context.streamWithoutLedger(entry)
    let reason = try Self.whyRebuild(entry, context)
    guard let reason, !change.dryRun else {
      let survey = try DiskSurveyor(stream: stream).survey()
      if let reason { context.activity.note("would rebuild the ledger: \(reason.cause)") }
      return try Self.stream(
        survey, stream, isBehind: reason?.older != nil,
        interrupted: Self.interrupted(entry, context))
    }
    let lock = try context.lock(entry, "status \(entry.policy.major) --from-disk")
    defer { withExtendedLifetime(lock) {} }
    context.activity.note("rebuilding the ledger: \(reason.cause)")
    let survey = try DiskSurveyor(stream: stream).survey()
    // Reading the disk can take long: a good ledger may have been put back
    // meanwhile.
    guard let reason = try Self.whyRebuild(entry, context) else {
      throw ComposeError(
        .refused, stream.locations.ledgerFile.sanitizedForDisplay,
        "by now it can be read, and was left alone",
        remedy: "Look at it with: " + context.commandLine("status \(entry.policy.major)"))
    }
    if let aside = try LedgerRebuild(stream: stream).perform(survey, from: reason.older) {
      context.activity.note("put the old ledger aside as \(stream.locations.state)/\(aside)")
    }
    guard reason.older != nil else {
      return try Self.stream(survey, stream, rebuilt: stream.locations.ledgerFile)
    }
    return try Self.stream(
      context.readingStream(entry), source: "disk", rebuilt: stream.locations.ledgerFile,
      more: survey.sinceOlderLedger)
  }

  /// Why the ledger is made anew.
  private struct Reason {
    let cause: String
    /// The ledger, where it can be read, but is an older copy.
    var older: Ledger?
  }

  /// Why there is no ledger to go by; nil where there is one.
  ///
  /// Throws why a ledger that may be whole cannot be read now; and `refused` where it
  /// is an older copy, but so are trees: the disk does not prove what it lacks.
  private static func whyRebuild(_ entry: PolicySet.Entry, _ context: Context) throws -> Reason? {
    let stream = try context.streamWithoutLedger(entry)
    switch Ledger.verdict(path: stream.locations.ledgerFile) {
    case .lost(let cause): return Reason(cause: cause)
    case .blocked(let error): throw error
    case .missing, .usable:
      let stream: StreamContext
      do {
        stream = try context.readingStream(entry)
      } catch let error as ComposeError where error.kind == .badData {
        return Reason(cause: error.cause)
      }
      let comparison = try stream.ledgerComparison()
      guard let first = comparison.whyBehind.first else { return nil }
      if let older = comparison.olderTrees.first {
        throw ComposeError(
          .refused, "ledger of \(entry.policy.stream)",
          "it is an older copy, and so are trees: \(older.message)", remedy: older.remedy,
          findings: comparison.findings)
      }
      return Reason(
        cause: "it is an older copy than the disk: \(first.message)", older: stream.ledger)
    }
  }

  private static func interrupted(_ entry: PolicySet.Entry, _ context: Context) -> String? {
    (try? context.readingStream(entry).ledger.openOperation()).flatMap { $0 }.map(describe)
  }

  private static func describe(_ open: OpenOperation) -> String {
    "an interrupted \(open.kind) of \(open.release) will be recovered by the next command that changes something"
  }

  private static func stream(
    _ survey: DiskSurvey, _ stream: StreamContext, isBehind: Bool = false, rebuilt: String? = nil,
    interrupted: String? = nil
  ) throws -> StatusReport.Stream {
    let links = try LinkState(policy: stream.policy, locations: stream.locations).targets
    let standings = stream.policy.standings(
      of: Dictionary(
        survey.releases.map { ($0.record.id, $0.record.state) }
      ) { first, _ in first }, on: CalendarDate(secondsSince1970: stream.time.now))
    return StatusReport.Stream(
      major: stream.policy.major, stream: stream.policy.stream,
      links: Dictionary(links.map { ($0.key.description, $0.value) }) { first, _ in first },
      releases: try survey.releases.map {
        let id = $0.record.id
        return try release(
          $0.record, stream, standing: standings[id],
          end: survey.endings.first { $0.subject == id }.map(stream.status))
      },
      warnings: survey.damage + (isBehind ? survey.sinceOlderLedger : survey.unproven),
      interrupted: interrupted, source: "disk",
      rebuilt: rebuilt, holds: survey.holds.map(HoldEntry.init),
      end: survey.endings.first { $0.subject == nil }.map(stream.status))
  }

  /// - Parameters:
  ///   - left: builds that users have and that are not live any more.
  ///   - rebuilt: path of the ledger, where it was just made anew.
  ///   - more: what to say beside what the ledger and the disk say.
  private static func stream(
    _ stream: StreamContext, source: String = "ledger", rebuilt: String? = nil,
    more: [Finding] = [], left: [BuildEntry] = []
  ) throws -> StatusReport.Stream {
    let state = try LinkState(policy: stream.policy, locations: stream.locations)
    let linked = try stream.linkedReleases()
    let open = try stream.ledger.openOperation()
    let comparison = try stream.ledgerComparison()
    let standings = try stream.standings()
    let endings = try stream.ledger.endings()
    let ends = Dictionary(
      endings.compactMap { end in end.subject.map { ($0, end) } }
    ) { first, _ in first }
    return StatusReport.Stream(
      major: stream.policy.major, stream: stream.policy.stream,
      links: Dictionary(
        state.targets.map { ($0.key.description, $0.value) }
      ) { first, _ in first }, ownLinks: try stream.ownLinkStatuses(),
      releases: try stream.ledger.releases().map {
        try release(
          $0, stream, blocked: try stream.ledger.hubSnapshot(of: $0.id)?.blocked.count,
          overrides: try stream.overrides(of: $0).map { gate, reason, name in
            "\(gate): \(reason)" + (name.map { " (\($0))" } ?? "")
          },
          waived: try stream.ledger.checkRun(of: $0.id)?.waived ?? [],
          standing: standings[$0.id], end: ends[$0.id].map(stream.status))
      },
      // While an operation is open, a link may rightly be ahead of the ledger; and
      // where the ledger is an older copy, what it says of links is too.
      warnings: try comparison.findings
        + (open == nil && !comparison.isLedgerBehind ? state.deviations(from: linked) : [])
        + dueLinks(linked, stream) + endings.compactMap { endFinding($0, stream) }
        + (stream.ledger.releases().last { $0.state != .abandoned }
          .map { try contradictions(of: $0.id, stream) } ?? []) + left.map(\.leftFinding)
        + (try stream.unreadFindings()) + (try stream.owedFindings())
        + (try stream.statementFindings())
        + stream.policy.keyFindings(stream.certificates, at: stream.time.now) + signing(stream)
        + more,
      interrupted: open.map(describe), source: source, rebuilt: rebuilt,
      holds: try stream.ledger.holds().map(HoldEntry.init),
      documentHolds: try stream.ledger.documentHolds().map(DocumentHoldEntry.init), left: left,
      end: endings.first { $0.subject == nil }.map(stream.status))
  }

  /// What is to be done for an end of life.
  private static func endFinding(_ ending: EndOfLife, _ stream: StreamContext) -> Finding? {
    let subject = ending.subject.map(\.description) ?? "\(stream.policy.major)"
    let name = ending.subject.map(\.description) ?? stream.policy.stream
    let status = stream.status(of: ending)
    switch status.state {
    case .due:
      return Finding(
        code: "end-due", message: "\(name) \(status.words)",
        remedy: "Carry it out with: " + stream.commands.commandLine("end \(subject)"))
    case .over:
      return Finding(
        code: "end-over", message: "\(name) \(status.words)",
        remedy: "Remove originals and links with: "
          + stream.commands.commandLine("end \(subject) --remove-original"))
    case .planned, .ended, .closed: return nil
    }
  }

  /// Links whose moment has come.
  private static func dueLinks(_ linked: LinkedReleases, _ stream: StreamContext) throws
    -> [Finding]
  {
    try stream.policy.ownLinks.compactMap { link in
      guard let due = try stream.dueRelease(of: link), linked.release(of: link) != due else {
        return nil
      }
      // What mirrors lack keeps it from moving.
      let late = try linked.release(of: link).flatMap {
        try stream.lateCarries(of: stream.release(due), leaving: stream.release($0))
      }
      return Finding(
        code: "link-due",
        message: "the link \(link.path) leads to "
          + (linked.release(of: link)?.description ?? "no release yet")
          + ", and by its rule '\(link.rule.rawValue)' and the calendar it is time for \(due)"
          + (late.map { "; \($0.cause)" } ?? ""),
        remedy: (late.map { _ in
          stream.commands.commandLine("mirrors prepare \(due) --link \(link.path)") + ", then "
        } ?? "") + stream.commands.commandLine("promote \(due) --link \(link.path)"))
    }
  }

  /// What is not signed as the policy says by now, and what would keep it from being signed.
  private static func signing(_ stream: StreamContext) throws -> [Finding] {
    if stream.signer == nil { return [] }
    let unsigned = try unsignedMetadata(stream)
    return stream.signingConcerns + unsigned
  }

  private static func unsignedMetadata(_ stream: StreamContext) throws -> [Finding] {
    let linked = try stream.linkedReleases()
    return try stream.ledger.releases().filter {
      [.published, .current].contains($0.state) || linked.leads(stream.policy.links, to: $0.id)
    }.flatMap { release in
      let trees = release.trees.filter { $0.place == .public }
      // One that is not there is told elsewhere.
      let unsigned = (try? stream.unsignedTrees(among: trees)) ?? []
      return unsigned.sorted { $0.path < $1.path }.map {
        Finding(
          code: "unsigned-metadata",
          message: "repomd.xml of \($0) is not signed as the policy has it by now",
          remedy: "The next command that changes it signs it: "
            + stream.commands.commandLine(
              release.state == .current
                ? "update \(release.id.major)"
                : release.state == .published ? "promote \(release.id)" : "update \(release.id)"))
      }
    }
  }

  /// As the hub had it when the release was composed; it may be otherwise now.
  private static func contradictions(of id: ReleaseID, _ stream: StreamContext) throws -> [Finding]
  {
    (try stream.ledger.hubSnapshot(of: id)?.contradictions ?? []).map {
      Finding(
        code: $0.code, message: "when \(id) was composed: \($0.message)", remedy: $0.remedy)
    }
  }

  private static func release(
    _ record: ReleaseRecord, _ stream: StreamContext, blocked: Int? = nil, overrides: [String] = [],
    waived: [WaivedFinding] = [], standing: ReleaseStanding? = nil, end: EndStatus? = nil
  ) throws -> StatusReport.Release {
    StatusReport.Release(
      try stream.status(of: record), blocked: blocked, checksPassed: record.checksPassed,
      overrides: overrides, waived: waived, standing: standing,
      testing: testing(record, stream), end: end)
  }

  /// What the testing tree of a release has that is not archived; nil without such a tree, and
  /// where it cannot be read, which is told elsewhere.
  private static func testing(
    _ record: ReleaseRecord, _ stream: StreamContext
  ) -> [BuildEntry]? {
    guard let tree = record.tree(.testing), [.staging, .public].contains(tree.place),
      record.state != .archived
    else { return nil }
    return (try? stream.testedBuilds(of: record))?.map {
      BuildEntry(package: $0.name, nvr: $0)
    }
  }
}
