import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import ReleaseLedger
import ReleaseModel

extension Context {
  /// Runs an operation, or shows it for a dry run, and reports.
  ///
  /// - Parameters:
  ///   - state: what the release is afterwards.
  ///   - before: what comes before the steps of the operation.
  ///   - overriding: what is overridden, one sentence each; warned of once it is confirmed.
  ///   - next: what to do or to know next, one sentence each.
  func carryOut(
    _ operation: some ComposeLifecycle.Operation, in stream: StreamContext, dryRun: Bool,
    state: ReleaseState, before: [String] = [], overriding: [String] = [], next: [String]
  ) throws {
    let executor = Executor(stream: stream)
    let steps: [String]
    if dryRun {
      for sentence in overriding { activity.note("would be recorded as overridden: \(sentence)") }
      steps =
        try executor.preview(operation)
        + (operation.changesServedTrees(in: stream) ? stream.tellingSteps : [])
      if let note = try Recovery(stream: stream).preview() { activity.note(note) }
    } else {
      try confirm(
        operation.title,
        doing: executor.preview(operation) + overriding.map { "go on in spite of \($0)" },
        by: stream.policy)
      for sentence in overriding { warn("overridden: \(sentence)") }
      steps = try executor.run(operation)
      // Whoever is told that a release is archived finds it in the archive's manifest.
      try renewArchiveIndex(in: stream)
    }
    try report(
      type(of: operation).kind, operation.release, in: stream, dryRun: dryRun, state: state,
      steps: before + steps, next: dryRun ? [] : next,
      moving: (operation as? MoveLinkOperation)?.link)
  }

  /// Whether recovery has just finished what this very command asks for: then
  /// it is done and must not be done again. Reports it.
  ///
  /// - Parameters:
  ///   - release: nil where the command names none, as `rollback`.
  ///   - isMine: whether an operation is what the command asks for.
  func reportIfFinished(
    _ finished: FinishedOperations, as kind: OperationKind, of release: ReleaseID?,
    in stream: StreamContext,
    where isMine: (any ComposeLifecycle.Operation) -> Bool = { _ in true }
  ) throws -> Bool {
    guard let release = finished.take(kind, of: release, where: isMine)?.release else {
      return false
    }
    let state = try stream.release(release).state
    try renewArchiveIndex(in: stream)
    try report(
      kind, release, in: stream, dryRun: false, state: state, steps: [],
      next: ["the interrupted \(kind.rawValue) was finished; nothing else was done"])
    return true
  }

  func report(
    _ kind: OperationKind, _ release: ReleaseID, in stream: StreamContext, dryRun: Bool,
    state: ReleaseState,
    steps: [String], next: [String], moving link: RelativePath? = nil
  ) throws {
    // A dry run shows the links as they would be.
    let links =
      dryRun && (state == .current || link != nil)
      ? LinkState.expected(stream.policy, try stream.linkedReleases().moving(link, to: release))
      : try LinkState(policy: stream.policy, locations: stream.locations).targets
    try render(
      OutcomeReport(
        command: kind, release: release, dryRun: dryRun, state: state,
        steps: steps,
        links: Dictionary(links.map { ($0.key.description, $0.value) }) { first, _ in first },
        next: next))
  }
}
