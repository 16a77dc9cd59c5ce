import ComposeLifecycle
import ComposePolicy
import ComposeStream
import LogAnalysis
import ReleaseLedger
import ReleaseModel

extension StreamPaths {
  /// What paths mean by the policy of a stream, and when they changed by its ledger.
  static func of(_ stream: StreamContext) throws -> StreamPaths {
    let trees = try stream.ledger.releases().flatMap { $0.trees.map(\.name) }
    let moves = Dictionary(try stream.linkMoves().map { ($0.event, $0) }) { first, _ in first }
    return StreamPaths(
      stream: stream.policy.stream, major: stream.policy.major,
      publicRoot: stream.policy.roots.public,
      links: stream.policy.links.map(\.path.description), trees: trees,
      events: try stream.ledger.events().compactMap { record in
        moves[record.sequence].map {
          Event(
            kind: .flip, at: $0.at, release: $0.release.description, link: $0.link.description)
        } ?? event(record)
      }, movers: movers(stream), clients: try clients(stream))
  }

  /// Of links that do not go with the leading release, the one that moves.
  private static func movers(_ stream: StreamContext) -> [String: String] {
    Dictionary(
      stream.policy.links.filter { $0.rule != .leading }.map {
        ($0.path.description, $0.mover.description)
      }
    ) { first, _ in first }
  }

  /// The same of names that clients ask for.
  private static func clients(_ stream: StreamContext) throws -> [String: String] {
    guard let release = try stream.ledger.releases().map(\.id).max() else { return [:] }
    return Dictionary(
      stream.clientNames(of: release).compactMap { client in
        client.mover.map { (client.name, $0.description) }
      }
    ) { first, _ in first }
  }

  private static func event(_ record: EventRecord) -> Event? {
    // What was undone did not happen; the release that a rollback left has an event of its
    // own.
    guard !record.isUndone, !record.summary.hasPrefix("left for"),
      let kind = OperationKind(rawValue: record.command)
    else { return nil }
    let word: Event.Kind? =
      switch kind {
      case .promote, .rollback: .flip
      case .update: .push
      case .archive: .archive
      // One for a day to come has archived nothing, and neither has one that took it back.
      case .end: record.summary.contains("archived") ? .archive : nil
      case .restore, .undoEnd: .restore
      case .compose, .publish, .prepare, .removeOriginal, .repair, .linkArchive, .abandon,
        .moveLink, .beginTesting, .testing, .removeEnded:
        nil
      }
    return word.map { Event(kind: $0, at: record.at, release: record.release) }
  }
}
