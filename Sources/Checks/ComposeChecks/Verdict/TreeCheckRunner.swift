package import ComposeStream
import ComposeTrees
package import ComposeStream
import ComposeTrees
package import ComposePolicy
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Runs the checks on the trees of a release.
package struct TreeCheckRunner: Sendable {
  private let stream: StreamContext

  /// Levels, waivers and keys are those of the policy of `stream`.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// Reads the trees of `record` and runs the checks on them.
  ///
  /// Throws `refused` where the release has no trees to check, and what a base
  /// repository throws that cannot be read.
  ///
  /// - Parameter names: the checks to run; what they do not need is not read.
  package func run(
    _ record: ReleaseRecord, only names: Set<CheckName> = Set(CheckName.allCases)
  ) throws -> CheckReport {
    guard !record.trees.isEmpty, record.trees.allSatisfy({ $0.place != .gone }) else {
      throw record.refusal(
        "it is \(record.state.rawValue) and has no trees", "Check a release that has trees")
    }
    let stream = stream.asOf(record.id)
    let gate = Gate(policy: stream.policy.gate, release: record.id)
    let release = try CheckedRelease(record, in: stream)
    let asked = CheckName.allCases.filter(names.contains)
    // Look for the base repositories first: reading all RPMs of the trees can
    // take hours.
    let needsBase = asked.contains {
      gate.policy.level(of: $0) != .off && Self.check($0).readsBase
    }
    if needsBase { try BaseRepositories(stream: stream).requireThere(for: record.id) }
    let results = try asked.map { name in
      try Interruption.check(remaining: "the check '\(name.rawValue)'")
      if gate.policy.level(of: name) == .off { return gate.skipped(name) }
      return gate.result(of: name, try Self.check(name).check(release))
    }
    return CheckReport(release: record.id, checks: results)
  }

  private static func check(_ name: CheckName) -> any ReleaseCheck {
    switch name {
    case .metadata: MetadataCheck()
    case .identity: IdentityCheck()
    case .signatures: SignatureCheck()
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
  package func runAndRecord(_ record: ReleaseRecord) throws -> CheckReport {
    // Note the state of the trees before they are read: a change in between then
    // makes the verdict stale.
    var subject = try stream.checkSubject(of: record)
    let names = try names(of: record)
    let report = try run(record)
    // Directory times prove something only if every file of the manifest was
    // there when they were taken.
    if report.checks.contains(where: { $0.hasFoundNothing(as: .manifest) }) {
      subject.names = names
    }
    let failed = report.checks.filter { !$0.passed }.map { check in
      let count = check.findings.count
      return "\(check.name) (\(count) finding\(count == 1 ? "" : "s"))"
    }
    let waived = report.waived
    let now = stream.time.now
    try stream.ledger.commit { change in
      try change.setChecks(
        passed: report.passed,
        run: CheckRun(at: now, subject: subject, failed: failed, waived: waived),
        of: record.id)
      try change.addEvent(
        command: "check", release: record.id.description, operatorName: stream.operatorName,
        summary: (report.passed ? "passed" : "failed: \(failed.joined(separator: ", "))")
          + (waived.isEmpty ? "" : ", \(waived.count) waived"),
        at: now)
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

extension StreamContext {
  /// What a verdict on `record` is about now.
  func checkSubject(of record: ReleaseRecord) throws -> CheckSubject {
    let current = try ledger.currentRelease(before: record.id)
    return CheckSubject(
      manifests: Dictionary(
        uniqueKeysWithValues: record.trees.map { ($0.name.path.description, $0.manifest.hex) }),
      baseline: current?.id.description, baselinePushes: current?.pushes ?? 0,
      gate: try policy.gateYAML() + keyDigests())
  }

  /// SHA-256 of each key file: their contents matter to the verdict, not their
  /// names.
  private func keyDigests() throws -> String {
    try keyFiles.map { try ReadableFile(path: $0).sha256().hex }.joined(separator: "\n")
  }

  /// Why the last verdict on `record` no longer holds; nil where it does.
  package func staleVerdict(of record: ReleaseRecord) throws -> String? {
    guard let run = try ledger.checkRun(of: record.id) else {
      return "it is not recorded what its checks were run on"
    }
    let now = try checkSubject(of: record)
    if run.subject.manifests != now.manifests { return "its checks are older than its trees" }
    if run.subject.gate != now.gate { return "the policy's checks or keys changed after they ran" }
    if run.subject.baseline != now.baseline {
      return "its checks compared it with \(run.subject.baseline ?? "no release"), "
        + "and \(now.baseline ?? "none") is current now"
    }
    if run.subject.baselinePushes != now.baselinePushes {
      return "\(now.baseline ?? "the current release") was pushed to after its checks ran"
    }
    return nil
  }
}
