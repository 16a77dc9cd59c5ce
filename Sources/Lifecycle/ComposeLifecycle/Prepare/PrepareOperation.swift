import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Gives a release what a flip to it would change besides the link, so that mirrors have it
/// before the link moves: files that clients of the current release may ask for, and a newer
/// repomd.xml. The soak time of a published release begins anew; a superseded one is made ready
/// for a rollback.
package struct PrepareOperation: LinkOperation {
  package static let kind = OperationKind.prepare

  package let release: ReleaseID
  package var links: LinkChange
  /// How many files mirrors would get only with the link.
  private let late: Int
  /// What the release is before and after.
  private let state: ReleaseState

  /// Throws `refused` unless links could move to `record`, and clients have another release.
  ///
  /// - Parameter path: the only link that will move, which has a moment of its own; nil where
  ///   those do that lead to the leading release.
  package init(
    _ record: ReleaseRecord, link path: String? = nil, in stream: StreamContext
  ) throws {
    let isPublic = record.trees.allSatisfy { $0.place == .public } && !record.isRestored
    let isLeading = record.state == .current && path != nil
    guard record.state == .published || isLeading || record.state == .superseded && isPublic
    else {
      throw record.refusal(
        "it is \(record.state.rawValue), and no link can move to it",
        record.state == .staged
          ? "Publish it: that brings along what clients may ask for"
          : "Prepare a published release, or the superseded one for a rollback"
      )
    }
    let former = try path.map { try Self.formerRelease(of: $0, before: record, in: stream) }
    guard let current = try former ?? stream.ledger.currentRelease() else {
      throw record.refusal(
        "no release is current", "Nobody has an earlier one: promote it after the soak time")
    }
    release = record.id
    state = record.state
    links = try LinkChange(preparing: record, for: current, in: stream)
    late = try links.lateFiles(in: stream)
  }

  /// The release that the link at `path` will leave.
  private static func formerRelease(
    of path: String, before record: ReleaseRecord, in stream: StreamContext
  ) throws -> ReleaseRecord {
    let link = try stream.ownLink(path)
    guard let former = try stream.linkedReleases().release(of: link) else {
      throw record.refusal(
        "the link \(link.path) leads to no release",
        "Nobody comes from an earlier one: let it lead there with: "
          + stream.commands.commandLine("promote \(record.id) --link \(link.path)"))
    }
    guard former != record.id else {
      throw record.refusal(
        "the link \(link.path) leads to it already", "Nothing is left to prepare")
    }
    return try stream.release(former)
  }

  /// Whether mirrors lack nothing, so that the soak time need not begin anew.
  package var isEmpty: Bool { late == 0 }

  package var title: String { "prepare \(release)" }
  package var summary: String {
    "brought \(late) file\(late == 1 ? "" : "s") that mirrors must have before the link"
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try links.records(in: stream)
    let files = try links.unlistedFiles(in: stream)
    let (release, state, now) = (release, state, stream.time.now)
    return { change in
      for record in records { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
      if state == .published { try change.setState(.published, of: release, at: now) }
    }
  }
}
