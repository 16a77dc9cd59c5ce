import ReleaseLedger
import ComposePolicy
package import ComposeStream
import DurableFiles
import Foundation
package import MirrorDocuments
package import ReleaseModel

/// Files below the state root that say what a stream has become: for programs that answer
/// clients, for web servers, and for the operator of MirrorManager. They are replaced one by
/// one; each is whole by itself.
package struct MirrorFiles {
  private let stream: StreamContext
  private let mirrors: MirrorPolicy

  /// Nil where the policy has no `mirrors`.
  package init?(_ stream: StreamContext) {
    guard let mirrors = stream.policy.mirrors else { return nil }
    self.stream = stream
    self.mirrors = mirrors
  }

  /// Paths below the state root.
  private static let directory = "mirrors"
  private static let handovers = "\(directory)/handover"

  /// Writes all that fits the last command.
  ///
  /// - Parameters:
  ///   - release: that the last command was about; nil for none.
  ///   - occasion: of the hand-over; nil where there is nothing to hand over.
  package func write(after release: ReleaseID?, handingOver occasion: Handover.Occasion?) throws {
    let overlay = try OverlayGathering(stream)?.overlay()
    let state = try Directory.create(root: stream.locations.state)
    if let overlay {
      try replace("\(Self.directory)/\(stream.policy.stream).overlay", overlay.bytes, in: state)
      var history = try Self.history(of: stream)
      history.note(overlay.indexes, now: stream.time.now)
      try replace(Self.historyName(of: stream), history.bytes, in: state)
    }
    for document in try maps() {
      try replace(
        "redirects/\(stream.policy.stream)-\(document.fileName)", Array(document.text.utf8),
        in: state)
    }
    guard let release, let occasion else { return }
    let handover = try stream.handover(of: release, for: occasion)
    if let sql = try handover.sql() {
      try replace(Self.name(of: handover, "sql"), Array(sql.utf8), in: state)
    }
    try replace(Self.name(of: handover, "txt"), Array(handover.text().utf8), in: state)
  }

  /// What a command that ends now would write, for a dry run.
  package var title: String { "write overlay, maps and hand-over below \(stream.locations.state)" }

  private func maps() throws -> [ArchiveRedirects.File] {
    let current = try stream.ledger.currentRelease()?.id
    let served = stream.policy.urls.public.flatMap { URL(string: $0)?.path } ?? ""
    let stem = "\(stream.locations.state)/redirects/\(stream.policy.stream)"
    return try stream.templates.current(
      CurrentTrees(
        stream: stream.policy.stream,
        publicPath: served.isEmpty ? stream.policy.roots.public : served,
        map: "\(stem)-current.txt", links: stream.currentTrees(of: current)))
  }

  private func replace(_ name: String, _ bytes: [UInt8], in state: Directory) throws {
    let path = try RelativePath.of(name)
    // A file that says the same stays: readers look at its time.
    if try state.status(of: path)?.kind == .file,
      try state.openFile(path).contents(limit: 1 << 27) == bytes
    {
      return
    }
    try state.replaceFile(path, with: bytes)
  }

  private static func historyName(of stream: StreamContext) -> String {
    "\(directory)/\(stream.policy.stream).indexes"
  }

  /// Every repomd.xml that mirrors were told of; none before the first telling.
  package static func history(of stream: StreamContext) throws -> IndexHistory {
    let path = try RelativePath.of(historyName(of: stream))
    guard let state = try Directory.openIfPresent(root: stream.locations.state),
      try state.status(of: path) != nil
    else { return IndexHistory() }
    let file = try state.openFile(path)
    return try IndexHistory(file.contents(limit: IndexHistory.limit), from: file.path)
  }

  static func name(of handover: Handover, _ ending: String) -> String {
    "\(handovers)/\(handover.release)-\(handover.occasion.rawValue).\(ending)"
  }

  /// Where the SQL of a hand-over is written.
  static func sqlFile(
    of release: ReleaseID, for occasion: Handover.Occasion, in stream: StreamContext
  ) -> String {
    "\(stream.locations.state)/\(handovers)/\(release)-\(occasion.rawValue).sql"
  }
}
