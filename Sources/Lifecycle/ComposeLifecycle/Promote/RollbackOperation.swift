import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Moves the links back to the release that was current before. The one that
/// is left becomes published again: it can be promoted anew or abandoned.
package struct RollbackOperation: LinkOperation {
  package static let kind = OperationKind.rollback

  package let release: ReleaseID
  /// The release that is left.
  package let left: ReleaseID
  package var links: LinkChange

  /// Throws `refused` when nothing is current, or no superseded release has
  /// its trees in place.
  package init(in stream: StreamContext) throws {
    let name = stream.policy.stream
    guard let current = try stream.ledger.currentRelease() else {
      throw ComposeError(
        .refused, name, "no release is current", remedy: "Nothing is left to roll back")
    }
    let candidates = try stream.ledger.releases().filter { release in
      release.state == .superseded && release.trees.allSatisfy { $0.place == .public }
        && !release.isRestored
    }
    guard let former = candidates.max(by: { $0.promotion ?? 0 < $1.promotion ?? 0 }) else {
      throw ComposeError(
        .refused, name, "no superseded release is left to go back to from \(current.id)",
        remedy: "Compose a release that mends what is wrong")
    }
    try stream.requireUnlinked(current)
    release = former.id
    left = current.id
    links = try LinkChange(to: former, from: current, in: stream)
  }

  package var title: String { "rollback to \(release)" }
  package var summary: String { "went back from \(left)" }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try links.records(in: stream)
    let files = try links.unlistedFiles(in: stream)
    let removed = try RemovalGathering(stream: stream).removals(
      with: stream.release(left), insteadOf: stream.release(release), .rolledBack)
    let (release, left, now) = (release, left, stream.time.now)
    let operatorName = stream.operatorName
    return { change in
      try change.addRemoved(removed)
      try change.addEvent(
        command: Self.kind.rawValue, release: left.description, operatorName: operatorName,
        summary: "left for \(release)", at: now)
      for record in records { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
      try change.setCurrent(release, formerBecomes: .published, at: now)
    }
  }
}
