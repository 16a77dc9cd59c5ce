import ComposeChecks
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// After the grace time of an end: the archive is read back, old addresses are answered with a
/// text, and links and originals go.
package struct RemoveEndedOperation: Operation {
  package static let kind = OperationKind.removeEnded

  package let release: ReleaseID
  private let trees: [TreeName]
  private let isWholeStream: Bool
  private let links: [Link]
  /// Gates that a person overrode.
  private let overrides: [GateOverride]

  private struct Link: Codable, Sendable {
    let path: RelativePath
    let target: String
  }

  /// Throws `refused` where it was not ended, the grace time is not over, or clients are still
  /// led to the originals.
  ///
  /// - Parameters:
  ///   - record: the last release of the stream, or the one that ended.
  ///   - mirrors: asks where clients are led; not called where something else stands in the way.
  package init(
    _ record: ReleaseRecord, isWholeStream: Bool,
    mirrors: () throws -> MirrorVerdict = { .unasked }, in stream: StreamContext
  ) throws {
    let subject = isWholeStream ? nil : record.id
    let name = isWholeStream ? "\(stream.policy.major)" : "\(record.id)"
    func refusal(_ cause: String, _ remedy: String) -> ComposeError {
      ComposeError(
        .refused, isWholeStream ? stream.policy.stream : "release \(record.id)", cause,
        remedy: remedy)
    }
    guard let ending = try stream.ledger.endings().first(where: { $0.subject == subject }),
      let done = ending.done
    else {
      throw refusal(
        "it was not ended", "End it first: " + stream.commands.commandLine("end \(name)"))
    }
    guard !done.isClosed else {
      throw refusal("its originals are gone", "Nothing is left to remove")
    }
    if let end = stream.graceEnd(of: ending), stream.time.now < end {
      throw refusal(
        "its grace time of \(stream.policy.clocks.endGrace) is not over",
        "Remove the originals after \(Moment(end))")
    }
    release = record.id
    self.isWholeStream = isWholeStream
    trees = record.trees.filter { $0.place == .public }.map(\.name)
    links =
      isWholeStream
      ? try stream.links(to: record.id).map { Link(path: $0.path, target: $0.target) } : []
    try Preflight(stream: stream).requireUntouchedOriginals(trees)
    overrides =
      try mirrors().override("end \(name) --remove-original", in: stream).map { [$0] } ?? []
  }

  /// Some originals may be gone already.
  package static var needsAllTrees: Bool { false }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees
  }

  package func preflight(in stream: StreamContext) throws {
    let preflight = Preflight(stream: stream)
    try preflight.requireUntouchedOriginals(trees)
    try preflight.checkRemoval(of: trees.map(\.path), from: stream.locations.public)
    let root = try Directory.open(root: stream.locations.public)
    for link in links { try (link.path.parent.map { try root.open($0) } ?? root).requireWritable() }
  }

  package var title: String {
    "end \(isWholeStream ? "\(release.major)" : "\(release)") --remove-original"
  }
  package var summary: String {
    (["removed \(trees.map(\.description).joined(separator: ", "))"]
      + (links.isEmpty
        ? [] : ["and the links \(links.map(\.path.description).joined(separator: ", "))"])
      + overrides.map { "\($0.gate) overridden (\($0.reason))" }).joined(separator: ", ")
  }

  /// What is overridden, one sentence each.
  package var overridden: [String] { overrides.map { "\($0.gate): \($0.reason)" } }

  /// The end as it will be.
  package func ending(in stream: StreamContext) throws -> EndOfLife {
    let subject = isWholeStream ? nil : release
    guard let ending = try stream.ledger.endings().first(where: { $0.subject == subject }),
      let done = ending.done
    else {
      throw ComposeError(
        .badData, "ledger", "the end of \(release) is not recorded",
        remedy: "Restore the ledger from a backup")
    }
    return ending.with(EndOfLife.Done(release: done.release, at: done.at, isClosed: true))
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    let endings = try stream.endings(with: ending(in: stream))
    // Every tree is verified before the first link goes.
    return trees.map { VerifyArchive(tree: $0) as any Step }
      + (try stream.redirects(endings: endings))
      + (isWholeStream ? try stream.endNoticeSteps(endings) : [])
      + links.map { RemoveLink(root: stream.locations.public, path: $0.path, target: $0.target) }
      + trees.map { RemoveTree(root: stream.locations.public, path: $0.path) }
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure else { return nil }
    let root = try Directory.open(root: stream.locations.public)
    for path in links.map(\.path) + trees.map(\.path) where try root.status(of: path) == nil {
      return nil
    }
    let steps: [any Step] =
      try stream.redirects()
      + (isWholeStream ? stream.endNoticeSteps(stream.ledger.endings()) : [])
    for step in steps where try !step.isDone(in: stream) { try step.perform(in: stream) }
    return { _ in }
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try stream.release(release).trees
    let ending = try ending(in: stream)
    let (release, overrides, isWholeStream, now) = (
      release, overrides, isWholeStream, stream.time.now
    )
    return { change in
      try change.addOverrides(overrides, to: release)
      try change.setEnding(ending)
      for var record in records where record.isArchived {
        record.place = .archive
        try change.setTree(record)
      }
      if isWholeStream {
        try change.setState(.archived, of: release, at: now)
        try change.removeLinks()
      }
    }
  }
}
