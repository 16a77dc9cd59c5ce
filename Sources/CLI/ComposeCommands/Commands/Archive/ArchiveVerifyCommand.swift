import ArgumentParser
import ComposeChecks
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

struct ArchiveVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Read the archive back, what was not read for longest first.",
    discussion: """
      What was read is remembered, so that it can run from cron for a time each night, with \
      --for and --rate, and comes round to everything. It holds up no other command while it \
      reads. With --repair, files that are missing or damaged are replaced by sound copies of \
      other trees of the stream; with --repair-from, by those of a mirror, or of another copy of \
      the archive, as well. Exit status 2 if anything is not as recorded and was not repaired.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Begin no further file after this time, such as '4 hours'.", valueName: "time"))
  var time: String?

  @Option(help: ArgumentHelp("Read at most so many MiB in a second.", valueName: "number"))
  var rate: Int?

  @Option(
    help: ArgumentHelp(
      "Read only what was not read for this time, such as '30 days'.", valueName: "time"))
  var unreadFor: String?

  @Flag(help: "Repair from other trees of the stream.")
  var `repair` = false

  @Option(
    help: ArgumentHelp(
      "Repair from there as well: a directory, or an http(s) address, below which the trees lie "
        + "at the same paths.", valueName: "url-or-dir"), completion: .directory)
  var repairFrom: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    for (option, value) in [("--for", time), ("--unread-for", unreadFor)] {
      guard let value, WaitingTime(value) == nil else { continue }
      throw ValidationError("\(option) is a time such as '4 hours', not '\(value)'.")
    }
    if let rate, !(1...100_000).contains(rate) {
      throw ValidationError("--rate is a number of MiB from 1 to 100000.")
    }
    if repairFrom == "" { throw ValidationError.empty("--repair-from") }
  }

  private var repairs: Bool { `repair` || repairFrom != nil }

  func run() async throws {
    let context = Context(global, change)
    let entry = try streamName.policy(context)
    let stream = try change.dryRun ? context.previewStream(entry) : context.readingStream(entry)
    _ = try stream.archivedTrees()
    // Nobody else may write down what was read; the stream's own lock stays free.
    let lock = try change.dryRun ? nil : Self.lock(stream)
    defer { withExtendedLifetime(lock) {} }
    // First, an interrupted repair is finished: what it left half done is nobody's damage.
    let finished = repairs && !change.dryRun ? try await finishRepairs(entry, stream, context) : []
    var readings = try ArchiveReadings(of: stream) { context.warn($0) }
    var result = try ArchiveVerification(stream: stream, limits: limits).run(&readings) {
      readings in
      if !change.dryRun { try readings.save(in: stream) }
    }
    var repaired: [RepairOperation.File] = []
    if repairs, !result.damage.isEmpty {
      if change.dryRun {
        repaired = try mend(result.damage, in: stream, context).flatMap(\.files)
      } else {
        repaired = try await repair(&result, &readings, entry, stream, context)
      }
    }
    try render(result, finished + repaired, stream, context)
  }

  /// Repairs what `result` has and what a repaired manifest shows, which `result` then has as
  /// well; returns what is sound again.
  private func repair(
    _ result: inout ArchiveVerification.Result, _ readings: inout ArchiveReadings,
    _ entry: PolicySet.Entry, _ stream: StreamContext, _ context: Context
  ) async throws -> [RepairOperation.File] {
    var repaired: [RepairOperation.File] = []
    var open = result.damage
    while !open.isEmpty {
      let damage = open
      try await context.changing(entry, purpose: "archive verify \(entry.policy.major)") {
        stream, _ in
        _ = try mend(damage, in: stream, context)
      }
      // What was put there is read back.
      let places = Set(result.damage.map(\.place))
      let again = try ArchiveVerification(stream: stream, limits: .init(only: places))
        .run(&readings) { try $0.save(in: stream) }
      result.trees = again.trees
      let left = Set(again.damage.map(\.place))
      repaired = result.damage.filter { !left.contains($0.place) }.map(RepairOperation.File.init)
      // What a manifest has that is there only now.
      let manifests = Set(damage.filter(\.isManifest).map(\.tree))
      open = again.damage.filter { manifests.contains($0.tree) && !places.contains($0.place) }
      result.damage += open
      result.findings += open.map(\.finding)
    }
    return repaired
  }

  /// Finishes what an earlier command began to repair, and returns what that was, to be told.
  private func finishRepairs(
    _ entry: PolicySet.Entry, _ stream: StreamContext, _ context: Context
  ) async throws -> [RepairOperation.File] {
    guard try Self.isInterrupted(stream) else { return [] }
    let files = Guarded<[RepairOperation.File]>([])
    try await context.changing(entry, purpose: "archive verify \(entry.policy.major)") {
      stream, finished in
      for release in try stream.ledger.releases() {
        let done = finished.take(RepairOperation.kind, of: release.id) as? RepairOperation
        files.withLock { $0 += done?.files ?? [] }
      }
    }
    return files.withLock { $0 }
  }

  /// Whether a command began a repair and has not told how it ended.
  private static func isInterrupted(_ stream: StreamContext) throws -> Bool {
    try stream.ledger.openOperation() != nil
      || stream.ledger.unreportedOperations().contains {
        $0.kind == RepairOperation.kind.rawValue
      }
  }

  /// Repairs what can be, one operation for each release.
  private func mend(
    _ damage: [ArchiveVerification.Damage], in stream: StreamContext, _ context: Context
  ) throws -> [RepairOperation] {
    let place = repairFrom.map {
      TreePlace($0, fetching: WebFetcher(activity: context.activity))
    }
    return try Set(damage.map(\.tree.release)).sorted().compactMap { release in
      // A release may be repaired from what was just repaired in another.
      let own = damage.filter { $0.tree.release == release }
      let sources = try RepairSources(for: own, and: place, in: stream)
      let operation = try RepairOperation(release, own, from: sources, in: stream) {
        context.activity.note($0)
      }
      if operation.files.isEmpty { return nil }
      let executor = Executor(stream: stream)
      if change.dryRun {
        _ = try executor.preview(operation)
      } else {
        try executor.run(operation)
      }
      return operation
    }
  }

  private var limits: ArchiveVerification.Limits {
    ArchiveVerification.Limits(
      bytesPerSecond: rate.map { $0 << 20 },
      seconds: time.flatMap(WaitingTime.init)?.seconds,
      unreadFor: unreadFor.flatMap(WaitingTime.init)?.seconds)
  }

  /// Held by everything that writes down what was read.
  static func lock(_ stream: StreamContext) throws -> StreamLock {
    try StreamLock(
      in: Directory.create(root: stream.locations.state),
      name: "\(stream.policy.stream).readings.lock",
      holder: "reading the archive, since \(Moment(stream.time.now)), \(stream.operatorName)")
  }

  private func render(
    _ result: ArchiveVerification.Result, _ repaired: [RepairOperation.File],
    _ stream: StreamContext, _ context: Context
  ) throws {
    let mended = Set(repaired.map(\.place))
    let open = result.findings.filter { finding in
      !result.damage.contains {
        $0.finding == finding && mended.contains($0.place)
      }
    }
    let passed = change.dryRun ? result.findings.isEmpty : open.isEmpty
    try context.render(
      ArchiveReport(
        stream: stream.policy.stream, dryRun: change.dryRun, passed: passed,
        complete: result.isComplete, filesRead: result.filesRead, bytesRead: result.bytesRead,
        trees: result.trees.map {
          ArchiveReport.Tree(
            release: $0.name.release, path: $0.name.path.description, files: $0.files,
            bytes: $0.bytes, neverRead: $0.neverRead, notReadForAYear: $0.notReadForAYear,
            oldest: $0.oldest.map { Moment($0) })
        },
        findings: result.findings, repaired: mended.sorted()))
    guard !passed else { return }
    throw ComposeError(
      .refused, "archive of \(stream.policy.stream)",
      "not as recorded: \((change.dryRun ? result.findings : open).count.counted("file"))",
      remedy: repairs
        ? "Name another copy with --repair-from, or look at what the findings name"
        : "Repair it with: "
          + context.commandLine("archive verify \(stream.policy.major) --repair-from DIR"))
  }
}
