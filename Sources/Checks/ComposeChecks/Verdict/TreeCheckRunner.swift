package import ComposePolicy
package import ComposeStream
package import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Runs the checks on the trees of a release.
package struct TreeCheckRunner: Sendable {
  private let stream: StreamContext
  private let isThorough: Bool

  /// Levels, waivers and keys are those of the policy of `stream`.
  ///
  /// - Parameter isThorough: whether each document is read and every client asked, whatever is
  ///   known of them: what was found of the very same bytes before counts otherwise.
  package init(stream: StreamContext, isThorough: Bool = false) {
    self.stream = stream
    self.isThorough = isThorough
  }

  /// Reads the trees of `record` and runs the checks on them.
  ///
  /// Throws `refused` where the release has no trees to check, and what a base
  /// repository throws that cannot be read.
  ///
  /// - Parameters:
  ///   - upcoming: a tree as a push will leave it: judged in place of what is on
  ///     disk.
  ///   - names: the checks to run; what they do not need is not read.
  ///   - part: the trees that it is about.
  ///   - more: what was found elsewhere, and belongs to the verdict.
  package func run(
    _ record: ReleaseRecord, becoming upcoming: UpcomingTree? = nil,
    only names: Set<CheckName> = Set(CheckName.allCases), of part: CheckedPart = .stable,
    adding more: [CheckResult] = []
  ) throws -> CheckReport {
    let trees = part.trees(of: record)
    guard !trees.isEmpty, trees.allSatisfy({ $0.place != .gone }) else {
      throw record.refusal(
        part == .testing
          ? "it has no testing tree" : "it is \(record.state.rawValue) and has no trees",
        "Check a release that has " + (part == .testing ? "one" : "trees"))
    }
    let names = names.intersection(part.checks)
    let stream = stream.asOf(record.id)
    let gate = Gate(policy: stream.policy.gate, release: record.id)
    let release = try CheckedRelease(
      record, part, becoming: upcoming, isThorough: isThorough, in: stream)
    let idle = names.count == CheckName.allCases.count ? gate.policy.idle : []
    let asked = CheckName.allCases.filter { names.contains($0) && !idle.contains($0) }
    // Look for the base repositories first: reading all RPMs of the trees can
    // take hours.
    let metadata = stream.policy.metadata
    let hasDocuments = metadata.comps != nil || metadata.modules != nil
    let needsBase = asked.contains {
      gate.policy.level(of: $0) != .off
        && (Self.check($0).readsBase || $0 == .metadata && hasDocuments)
    }
    if needsBase { try BaseRepositories(stream: stream).requireThere(for: record.id) }
    // They share what they read. One of them waits for other programs most of the time.
    let begun = Self.longest.filter(asked.contains) + asked.filter { !Self.longest.contains($0) }
    let results = Concurrently.map(begun, threads: Concurrently.processors + 1) { name in
      Result {
        try Interruption.check(remaining: "the check '\(name.rawValue)'")
        if gate.policy.level(of: name) == .off { return gate.skipped(name) }
        return gate.result(of: name, try Self.check(name).check(release))
      }
    }
    let byName = Dictionary(uniqueKeysWithValues: zip(begun, results))
    return CheckReport(
      release: record.id, checks: try asked.compactMap { try byName[$0]?.get() } + more)
  }

  /// What takes longest, and waits for no other check to read the trees: begun first.
  private static let longest: [CheckName] = [.rehearsal, .closure]

  private static func check(_ name: CheckName) -> any ReleaseCheck {
    switch name {
    case .metadata: MetadataCheck()
    case .identity: IdentityCheck()
    case .signatures: SignatureCheck()
    case .metadataSignature: MetadataSignatureCheck()
    case .manifest: ManifestCheck()
    case .closure: ClosureCheck()
    case .upgradePath: UpgradePathCheck()
    case .vanish: VanishCheck()
    case .contents: ContentsCheck()
    case .overlap: OverlapCheck()
    case .rehearsal: ClientTestCheck()
    }
  }

  /// Runs the checks and records the verdict, which `promote` asks for.
  ///
  /// - Parameter more: what was found elsewhere, and belongs to the verdict.
  package func runAndRecord(
    _ record: ReleaseRecord, adding more: [CheckResult] = []
  ) throws -> CheckReport {
    // Note the state of the trees before they are read: a change in between then
    // makes the verdict stale.
    var subject = try stream.checkSubject(of: record)
    let names = try names(of: record)
    let report = try run(record, adding: more)
    // Directory times prove something only if every file of the manifest was
    // there when they were taken.
    if report.checks.contains(where: { $0.hasFoundNothing(as: .manifest) }) {
      subject.names = names
    }
    let (now, operatorName) = (stream.time.now, stream.operatorName)
    try stream.ledger.commit {
      try $0.record(report, about: subject, by: operatorName, at: now)
    }
    return report
  }
}

extension TreeCheckRunner {
  /// Directory times by which `promote` can tell, without looking at every file,
  /// that no name in the trees has changed since the checks.
  private func names(of record: ReleaseRecord) throws -> [String: [String: Int64]] {
    var names: [String: [String: Int64]] = [:]
    for tree in record.trees {
      let times = try? DirectoryTimes(
        of: stream.locations.open(tree), stream.locations.open(tree).manifest().manifest)
      names[tree.name.path.description] = times?.times
    }
    return names
  }
}

extension CheckReport {
  /// Checks that failed, such as `closure (2 findings)`.
  package var failed: [String] {
    checks.filter { !$0.passed }.map { check in
      return "\(check.name) (\(check.findings.count.counted("finding")))"
    }
  }
}

extension LedgerChange {
  /// Records a verdict, which `promote` asks for, and that it was made.
  ///
  /// - Parameters:
  ///   - subject: what it is about.
  ///   - time: seconds since 1970.
  package func record(
    _ report: CheckReport, about subject: CheckSubject, by operatorName: String, at time: Int
  ) throws {
    let (failed, waived) = (report.failed, report.waived)
    try setChecks(
      passed: report.passed,
      run: CheckRun(at: time, subject: subject, failed: failed, waived: waived),
      of: report.release)
    try addEvent(
      command: "check", release: report.release.description, operatorName: operatorName,
      summary: (report.passed ? "passed" : "failed: \(failed.joined(separator: ", "))")
        + (waived.isEmpty ? "" : ", \(waived.count.grouped) waived"),
      at: time)
  }
}
