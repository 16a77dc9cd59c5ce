import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Gives a published release what was pushed into the current one since, so that mirrors have
/// it before the link moves; its soak time begins anew.
package struct PrepareOperation: Operation {
  package static let kind = OperationKind.prepare

  package let release: ReleaseID
  private let carries: [CarryOver]

  /// Throws `refused` unless `record` is published and a release before it is current.
  package init(_ record: ReleaseRecord, in stream: StreamContext) throws {
    guard record.state == .published else {
      throw record.refusal(
        "it is \(record.state.rawValue), not published",
        record.state == .staged
          ? "Publish it: that brings along what clients may ask for" : "Prepare a published release"
      )
    }
    guard let current = try stream.ledger.currentRelease() else {
      throw record.refusal(
        "no release is current", "Nobody has an earlier one: promote it after the soak time")
    }
    try stream.requireAsRecorded(record.trees + current.trees)
    release = record.id
    carries = try CarryOver.all(from: current, to: record, in: stream)
  }

  /// Whether mirrors lack nothing, so that the soak time need not begin anew.
  package var isEmpty: Bool { carries.lateFiles == 0 }

  package var title: String { "prepare \(release)" }
  package var summary: String {
    "brought \(carries.lateFiles) file\(carries.lateFiles == 1 ? "" : "s") that clients of the current release may ask for"
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees + carries.sources(in: stream)
  }

  package func preflight(in stream: StreamContext) throws {
    try Preflight(stream: stream).checkLinkChange([], renewing: carries.map(\.target))
  }

  package func steps(in stream: StreamContext) throws -> [any Step] { carries }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    for carry in carries where try carry.isHalfDone(in: stream) { return nil }
    for carry in carries { try carry.removeUnrecorded(in: stream) }
    return try renewal(in: stream)
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let renewal = try renewal(in: stream)
    let (release, now) = (release, stream.time.now)
    return { change in
      try renewal(change)
      try change.setState(.published, of: release, at: now)
    }
  }

  /// Records the trees as they are on disk.
  private func renewal(
    in stream: StreamContext
  ) throws -> @Sendable (LedgerChange) throws -> Void {
    let files = try carries.unlistedFiles(in: stream)
    let record = try stream.release(release)
    let records = try files.compactMap { tree, files in
      try record.tree(tree.area).map { former in
        try TreeRecord(
          of: tree, at: .public, directory: stream.locations.open(former),
          revision: former.revision, unlisted: files)
      }
    }
    return { change in
      for record in records { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
    }
  }
}
