import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Moves the links to a published release.
package struct PromoteOperation: LinkOperation {
  package static let kind = OperationKind.promote

  package let release: ReleaseID
  package var links: LinkChange
  /// Gates that a person overrode; nil in the journal of an older version.
  private let overrides: [GateOverride]?

  /// Throws `refused` unless `record` is published, its checks passed on what
  /// is there now, the links are untouched, mirrors were told of all that they need,
  /// its soak time is over, and mirrors have it: in this order, so that whoever waits
  /// has not waited for a refusal that was known before.
  ///
  /// - Parameters:
  ///   - skipSoak: do not wait for mirrors.
  ///   - reason: why the verdict of the checks does not count; nil where it
  ///     does.
  ///   - results: of what is asked anew, outside of the trees.
  ///   - mirrors: asks what mirrors have of it; not called where something else keeps it from
  ///     being promoted.
  package init(
    _ record: ReleaseRecord, skipSoak: Bool, overridingChecks reason: String? = nil,
    beside results: [CheckResult] = [], mirrors: () throws -> MirrorVerdict = { .unasked },
    in stream: StreamContext
  ) throws {
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
    try stream.heldBuilds(of: record).map {
      $0.finding(
        "is held, but in \(record.id)", remedy: "Abandon \(record.id) and compose it again")
    }.requireNone("promote \(record.id)")
    var overrides: [GateOverride] = []
    func override(_ gate: String, _ reason: String) {
      overrides.append(
        GateOverride(
          gate: gate, reason: reason, operatorName: stream.operatorName, at: stream.time.now))
    }
    if let verdict = try Self.overriddenChecks(of: record, by: reason, stream) {
      override("checks", verdict)
    }
    for result in results.filter({ !$0.passed }) {
      guard let reason else {
        try result.findings.requireNone("promote \(record.id)")
        continue
      }
      override(result.name, "\(result.findings.first?.message ?? ""): \(reason)")
    }
    let current = try stream.ledger.currentRelease()
    if let current, record.id < current.id {
      throw record.refusal(
        "it is older than \(current.id), which is current",
        "Go back with: epel-compose rollback \(record.id.major)")
    }
    links = try LinkChange(to: record, from: current, in: stream)
    var late: LateCarries?
    if let current, stream.policy.mirrors != nil {
      late = LateCarries(try links.lateFiles(in: stream), from: current.id)
    }
    // Either begins the soak time anew.
    if !skipSoak, let late { throw Self.carriedLate(record, late, in: stream) }
    let soak = try stream.soakTime(of: record)
    let untold = try stream.untoldModules(since: soak.newest)
    if !skipSoak, !untold.isEmpty { throw Self.untold(record, untold, in: stream) }
    let ready = soak.end
    if !skipSoak, stream.time.now < ready {
      throw record.refusal(
        soak.cause,
        "Promote it after \(Moment(ready)), or do it now with --skip-soak")
    }
    release = record.id
    if stream.time.now < ready {
      override("soak", "promoted before \(Moment(ready))")
    }
    if !untold.isEmpty { override("lists-owed", Self.untoldCause(untold)) }
    if let late { override("carried-late", late.cause) }
    if let skipped = try mirrors().override("promote \(record.id)", in: stream) {
      overrides.append(skipped)
    }
    self.overrides = overrides
  }

  /// The refusal of a flip whose link mirrors would get before the files that clients need.
  ///
  /// - Parameter link: the only link that moves; nil where those do that lead to the leading
  ///   release.
  static func carriedLate(
    _ record: ReleaseRecord, _ late: LateCarries, link: RelativePath? = nil,
    in stream: StreamContext
  ) -> ComposeError {
    let preparation = "mirrors prepare \(record.id)" + (link.map { " --link \($0)" } ?? "")
    let remedy =
      "Bring them: \(stream.commands.commandLine(preparation)), then wait "
      + (link == nil ? "the soak time" : "until mirrors have followed")
      + "; or promote now with --skip-soak"
    return ComposeError(
      .refused, "release \(record.id)", late.cause, remedy: remedy,
      findings: [Finding(code: "carried-late", message: late.cause, remedy: remedy)])
  }

  /// The refusal of a flip whose trees mirrors that work by lists cannot have yet, however long
  /// ago they were published.
  private static func untold(
    _ record: ReleaseRecord, _ modules: [ModuleName], in stream: StreamContext
  ) -> ComposeError {
    let cause = untoldCause(modules)
    let remedy =
      "Write them: \(stream.commands.commandLine("mirrors lists \(record.id.major)")), then wait "
      + "the soak time, which begins anew; or promote now with --skip-soak"
    return ComposeError(
      .refused, "release \(record.id)", cause, remedy: remedy,
      findings: [Finding(code: "lists-owed", message: cause, remedy: remedy)])
  }

  private static func untoldCause(_ modules: [ModuleName]) -> String {
    "mirrors were never told of it: the file lists of "
      + "\(modules.map(\.description).joined(separator: ", ")) were not written since"
  }

  package var title: String { "promote \(release)" }

  package var summary: String {
    (["made current"] + (overrides ?? []).map { "\($0.gate) overridden (\($0.reason))" })
      .joined(separator: ", ")
  }

  /// What is overridden, one sentence each.
  package var overridden: [String] { (overrides ?? []).map { "\($0.gate): \($0.reason)" } }

  /// What is overridden where the verdict of the checks does not let `record` through; nil
  /// where it does.
  ///
  /// Throws `refused` where nobody gave a reason.
  static func overriddenChecks(
    of record: ReleaseRecord, by reason: String?, _ stream: StreamContext
  ) throws -> String? {
    guard let (cause, remedy) = try checkProblem(record, stream) else { return nil }
    guard let reason else {
      throw record.refusal(
        cause,
        (remedy.map { "\($0), then run the checks again" }
          ?? "Mend what they name and run them again")
          + " (epel-compose check \(record.id)), or promote with --override-checks and a reason")
    }
    return "\(cause): \(reason)"
  }

  /// Why the verdict of the checks does not let `record` through.
  private static func checkProblem(
    _ record: ReleaseRecord, _ stream: StreamContext
  ) throws -> (cause: String, remedy: String?)? {
    switch record.checksPassed {
    case true?: try stream.staleVerdict(of: record).map { ($0.cause, $0.remedy) }
    case false?:
      (
        "its checks failed"
          + (try stream.ledger.checkRun(of: record.id).map {
            ": \($0.failed.joined(separator: ", "))"
          } ?? ""), nil
      )
    case nil: ("its checks have not run", nil)
    }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try links.records(in: stream)
    let files = try links.unlistedFiles(in: stream)
    let removed = try stream.ledger.currentRelease().map {
      try RemovalGathering(stream: stream).removals(
        from: $0, to: stream.release(self.release))
    }
    let (release, now, overrides) = (release, stream.time.now, overrides ?? [])
    return { change in
      try change.addRemoved(removed ?? [])
      try change.addOverrides(overrides, to: release)
      for record in records { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
      try change.setCurrent(release, formerBecomes: .superseded, at: now)
    }
  }
}
