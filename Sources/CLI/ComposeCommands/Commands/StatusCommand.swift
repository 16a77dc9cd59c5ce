import ComposeStream
import ComposeTrees
import ComposeLifecycle
import ArgumentParser
import ComposePolicy
import ComposeReports
import ReleaseLedger
import ReleaseModel

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Releases, links, soak and grace clocks.",
    discussion: """
      With --from-disk, every tree is read, and what the disk proves is shown. Where the ledger \
      is missing or cannot be read, it is made anew from that, and the old file is put aside; a \
      ledger that can be read is never touched.
      """)

  @Argument(help: "The major version, such as 7; all streams if none is given.")
  var major: Int?

  @Flag(help: "Ask the trees instead of the ledger; rebuild a ledger that is lost.")
  var fromDisk = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, isDryRun: change.dryRun)
    let entries: [PolicySet.Entry]
    if fromDisk {
      guard let major else {
        throw ComposeError(
          .usage, "status --from-disk", "it names no stream",
          remedy: "Name the major version, such as: epel-compose status 7 --from-disk")
      }
      return try context.render(
        StatusReport(streams: [try streamFromDisk(context.policy(major: major), context)]))
    }
    if let major {
      entries = [try context.policy(major: major)]
    } else {
      let set = try context.policies()
      for problem in set.problems { context.activity.note("skipped \(problem)") }
      entries = set.entries
    }
    // A stream that cannot be read hides no other; it is told at the end.
    var problem: ComposeError?
    var streams: [StatusReport.Stream] = []
    for entry in entries {
      do {
        streams.append(try Self.stream(context.readingStream(entry)))
      } catch let error as ComposeError {
        problem = problem ?? error
      }
    }
    if !streams.isEmpty || problem == nil {
      try context.render(StatusReport(streams: streams))
    }
    if let problem { throw problem }
  }

  private func streamFromDisk(
    _ entry: PolicySet.Entry, _ context: Context
  ) throws -> StatusReport.Stream {
    let stream = try context.streamWithoutLedger(entry)
    let lost = try Self.whyLost(entry, context)
    guard let cause = lost, !change.dryRun else {
      let survey = try DiskSurveyor(stream: stream).survey()
      if let lost { context.activity.note("would rebuild the ledger: \(lost)") }
      return try Self.stream(survey, stream, interrupted: Self.interrupted(entry, context))
    }
    let lock = try context.lock(entry, "status \(entry.policy.major) --from-disk")
    defer { withExtendedLifetime(lock) {} }
    context.activity.note("rebuilding the ledger: \(cause)")
    let survey = try DiskSurveyor(stream: stream).survey()
    // Reading the disk can take long: a good ledger may have been put back
    // meanwhile.
    guard try Self.whyLost(entry, context) != nil else {
      throw ComposeError(
        .refused, stream.locations.ledgerFile.sanitizedForDisplay,
        "by now it can be read, and was left alone",
        remedy: "Look at it with: " + context.commandLine("status \(entry.policy.major)"))
    }
    if let aside = try LedgerRebuild(stream: stream).perform(survey) {
      context.activity.note("put the old ledger aside as \(stream.locations.state)/\(aside)")
    }
    return try Self.stream(survey, stream, rebuilt: stream.locations.ledgerFile)
  }

  /// Why there is no ledger to go by; nil where there is one.
  ///
  /// Throws why a ledger that may be whole cannot be read now.
  private static func whyLost(_ entry: PolicySet.Entry, _ context: Context) throws -> String? {
    let stream = try context.streamWithoutLedger(entry)
    switch Ledger.verdict(path: stream.locations.ledgerFile) {
    case .lost(let cause): return cause
    case .blocked(let error): throw error
    case .missing, .usable:
      do {
        _ = try context.readingStream(entry)
        return nil
      } catch let error as ComposeError where error.kind == .badData {
        return error.cause
      }
    }
  }

  private static func interrupted(_ entry: PolicySet.Entry, _ context: Context) -> String? {
    (try? context.readingStream(entry).ledger.openOperation()).flatMap { $0 }.map(describe)
  }

  private static func describe(_ open: OpenOperation) -> String {
    "an interrupted \(open.kind) of \(open.release) will be recovered by the next command that changes something"
  }

  private static func stream(
    _ survey: DiskSurvey, _ stream: StreamContext, rebuilt: String? = nil,
    interrupted: String? = nil
  ) throws -> StatusReport.Stream {
    let links = try LinkState(policy: stream.policy, locations: stream.locations).targets
    return StatusReport.Stream(
      major: stream.policy.major, stream: stream.policy.stream,
      links: Dictionary(uniqueKeysWithValues: links.map { ($0.key.description, $0.value) }),
      releases: survey.releases.map { release($0.record, stream) },
      warnings: survey.damage + survey.unproven, interrupted: interrupted, source: "disk",
      rebuilt: rebuilt)
  }

  private static func stream(_ stream: StreamContext) throws -> StatusReport.Stream {
    let state = try LinkState(policy: stream.policy, locations: stream.locations)
    let current = try stream.ledger.currentRelease()?.id
    let open = try stream.ledger.openOperation()
    return StatusReport.Stream(
      major: stream.policy.major, stream: stream.policy.stream,
      links: Dictionary(
        uniqueKeysWithValues: state.targets.map { ($0.key.description, $0.value) }),
      releases: try stream.ledger.releases().map {
        release(
          $0, stream, blocked: try stream.ledger.hubSnapshot(of: $0.id)?.blocked.count,
          overrides: try stream.overrides(of: $0).map { gate, reason, name in
            "\(gate): \(reason)" + (name.map { " (\($0))" } ?? "")
          },
          waived: try stream.ledger.checkRun(of: $0.id)?.waived ?? [])
      },
      // While an operation is open, a link may rightly be ahead of the ledger.
      warnings: (open == nil ? state.deviations(current: current) : [])
        + (try stream.ledger.releases().last { $0.state != .abandoned }
          .map { try contradictions(of: $0.id, stream) } ?? []),
      interrupted: open.map(describe))
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
    waived: [WaivedFinding] = []
  ) -> StatusReport.Release {
    StatusReport.Release(
      release: record.id.description, state: record.state.rawValue,
      trees: record.trees.map { tree in
        StatusReport.Tree(
          area: tree.name.area.rawValue, path: stream.locations.path(of: tree),
          archive: tree.isArchived ? "\(stream.locations.archive)/\(tree.name.path)" : nil,
          packages: tree.packages, revision: tree.revision)
      },
      since: Moment(record.since).description, pushes: record.pushes,
      blocked: blocked, checksPassed: record.checksPassed, clock: stream.clock(of: record),
      overrides: overrides, waived: waived)
  }
}
