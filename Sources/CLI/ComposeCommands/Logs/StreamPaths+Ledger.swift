import ComposePolicy
import ComposeStream
import LogAnalysis
import ReleaseLedger
import ReleaseModel

extension StreamPaths {
  /// What paths mean by the policy of a stream, and when they changed by its ledger.
  static func of(_ stream: StreamContext) throws -> StreamPaths {
    let trees = try stream.ledger.releases().flatMap { $0.trees.map(\.name) }
    return StreamPaths(
      stream: stream.policy.stream, major: stream.policy.major,
      publicRoot: stream.policy.roots.public,
      links: stream.policy.links.map(\.path.description), trees: trees,
      events: try stream.ledger.events().compactMap(event))
  }

  private static func event(_ record: EventRecord) -> Event? {
    // What was undone did not happen; the release that a rollback left has an event of its
    // own.
    guard !record.summary.hasPrefix("undone"), !record.summary.hasPrefix("left for"),
      let kind = OperationKind(rawValue: record.command)
    else { return nil }
    let word: Event.Kind? =
      switch kind {
      case .promote, .rollback: .flip
      case .update: .push
      case .archive, .end: .archive
      case .compose, .publish, .prepare, .removeOriginal, .restore, .repair, .linkArchive, .abandon,
        .moveLink, .beginTesting, .testing, .undoEnd, .removeEnded:
        nil
      }
    return word.map { Event(kind: $0, at: record.at, release: record.release) }
  }
}
