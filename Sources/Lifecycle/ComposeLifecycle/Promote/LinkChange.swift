import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// The steps that make a release the one that links lead to: shared by
/// promote and rollback.
package struct LinkChange: Codable, Sendable {
  /// What clients of the former release may still ask for; nil in the journal of
  /// an older version.
  let carries: [CarryOver]?
  private(set) var refreshes: [RefreshRevision]
  /// Constant links first: one that dangles comes alive together with the
  /// moving one, by the same rename.
  let flips: [FlipLink]
  /// The link that moves, and has a moment of its own; nil where those move that lead to the
  /// leading release, and in the journal of an older version.
  let mover: RelativePath?

  /// - Parameters:
  ///   - release: where the links shall lead.
  ///   - current: where they lead now; nil before the first promotion.
  ///   - mover: the link that moves, where it has a moment of its own.
  ///
  /// Throws `refused` when a link is not what the ledger says.
  init(
    to release: ReleaseRecord, from current: ReleaseRecord?, moving mover: RelativePath? = nil,
    in stream: StreamContext
  ) throws {
    self.mover = mover
    try stream.requireAsRecorded(release.trees + (current?.trees ?? []))
    let policy = stream.policy
    let state = try LinkState(policy: policy, locations: stream.locations)
    try state.requireUntouched(stream.linkedReleases())
    try Self.requireIntact(release, in: stream)
    let moving = policy.links(movingWith: mover)
    let links = moving.filter { !$0.moves } + moving.filter(\.moves)
    flips = links.compactMap { link in
      let new = link.target.filled(release: release.id)
      let old = state.targets[link.path] ?? nil
      return old == new ? nil : FlipLink(path: link.path, old: old, new: new)
    }
    carries = try current.map { try CarryOver.all(from: $0, to: release, in: stream) } ?? []
    refreshes = try RefreshRevision.all(of: release, after: current, in: stream)
  }

  /// The same without the flips: what mirrors must have before any link moves, because rsync
  /// makes links before it puts the files of the same run in place.
  init(
    preparing release: ReleaseRecord, for current: ReleaseRecord, in stream: StreamContext
  ) throws {
    try stream.requireAsRecorded(release.trees + current.trees)
    try Self.requireIntact(release, in: stream)
    carries = try CarryOver.all(from: current, to: release, in: stream)
    refreshes = try RefreshRevision.all(of: release, after: current, in: stream)
    flips = []
    mover = nil
  }

  /// The trees that links will lead to, and those that files are taken from.
  func touchedTrees(of release: ReleaseID, in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees + (carries ?? []).sources(in: stream)
  }

  /// How far trees come whose index is written anew.
  var reach: [TreeName: TreeGeneration] { refreshes.reach }

  /// Whether links and the trees whose repomd.xml is renewed can be written.
  func preflight(in stream: StreamContext) throws {
    try Preflight(stream: stream).checkLinkChange(flips, renewing: refreshes.map(\.tree))
    try refreshes.requireSigner(in: stream)
  }

  /// Has each repomd.xml signed as it will be.
  mutating func sign(in stream: StreamContext) throws {
    refreshes = try refreshes.signed(after: carries ?? [], in: stream)
  }

  /// Every file of the trees that links will lead to must be there: a link to
  /// nothing is worse than the old release. Their manifests are as recorded.
  private static func requireIntact(_ release: ReleaseRecord, in stream: StreamContext) throws {
    let checked = try stream.ledger.checkRun(of: release.id)?.subject
    for tree in release.trees {
      let directory = try stream.locations.open(tree)
      let path = tree.name.path.description
      // As when the checks looked at every name, and at this very manifest.
      if let times = checked?.names?[path], checked?.manifests[path] == tree.manifest.hex,
        try DirectoryTimes(times: times).areUnchanged(in: directory)
      {
        continue
      }
      // Names alone, so that this takes seconds; `check` reads contents.
      if let path = try directory.firstMissingFile() {
        throw release.refusal(
          "\(tree.name)/\(path) is missing or no regular file",
          "Restore it from a mirror or backup, or look at all of it with: "
            + "epel-compose verify \(release.id)")
      }
    }
  }

  /// Closes a change that failed before any link moved; see ``Operation``.
  func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure, let renewed = try recordsIfNoLinkMoved(in: stream) else { return nil }
    let files = try unlistedFiles(in: stream)
    return { change in
      for record in renewed { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
    }
  }

  /// While every link is at its old target: the records of the trees that
  /// were renewed completely. Nil once a link has moved, or where a tree is
  /// between two revisions: then the change must be finished.
  private func recordsIfNoLinkMoved(in stream: StreamContext) throws -> [TreeRecord]? {
    for flip in flips where flip.old != flip.new {
      if try flip.isDone(in: stream) { return nil }
    }
    let root = try Directory.open(root: stream.locations.public)
    for refresh in refreshes where try !refresh.isDone(in: stream) {
      let directory = try root.open(refresh.tree.path)
      let manifest = try directory.manifest().manifest
      for repository in try stream.repositories(of: refresh.tree, manifest) {
        let path = try RepositoryMetadata.repomdPath(of: repository)
        let status = try directory.status(of: path)
        let found = try status.map { _ in try directory.openFile(path).sha256() }
        if let found, found != manifest.checksums[path] { return nil }
      }
    }
    for carry in carries ?? [] where try carry.isHalfDone(in: stream) { return nil }
    for carry in carries ?? [] { try carry.removeUnrecorded(in: stream) }
    return try records(in: stream)
  }

  /// First what clients of the former release need, then the rest: a link never
  /// leads where they would be lost, nor to what was not stated before.
  func steps(to release: ReleaseID, in stream: StreamContext) throws -> [any Step] {
    let statement = flips.isEmpty ? nil : StateCurrent(release, moving: mover, in: stream)
    return (carries ?? []) + (try stated(to: release, in: stream)) + refreshes
      + (statement.map { [$0] } ?? []) + flips
  }

  /// What is stated before trees are renewed that links lead to already, such as one with a
  /// moment of its own.
  private func stated(to release: ReleaseID, in stream: StreamContext) throws -> [any Step] {
    guard try stream.linkedReleases().leads(stream.policy.links, to: release),
      try refreshes.contains(where: { try !$0.isDone(in: stream) })
    else { return [] }
    return StateCurrent(release, before: refreshes, in: stream).map { [$0] } ?? []
  }

  /// The records of the trees that were changed, as they are on disk.
  func records(in stream: StreamContext) throws -> [TreeRecord] {
    let root = try Directory.open(root: stream.locations.public)
    let trees = Set(refreshes.map(\.tree)).union((carries ?? []).map(\.target))
    let unlisted = Dictionary(try unlistedFiles(in: stream)) { first, _ in first }
    return try trees.sorted { $0.path < $1.path }.map { tree in
      let directory = try root.open(tree.path)
      let refresh = try refreshes.first { try $0.tree == tree && $0.isDone(in: stream) }
      let former = try stream.release(tree.release).tree(tree.area)?.revision
      return try TreeRecord(
        of: tree, at: .public, directory: directory, revision: refresh?.revision ?? former ?? 0,
        unlisted: unlisted[tree] ?? stream.ledger.unlistedFiles(of: tree))
    }
  }

  /// Of the trees that got files of others: what nothing leads to.
  func unlistedFiles(in stream: StreamContext) throws -> [(TreeName, [UnlistedFile])] {
    try (carries ?? []).unlistedFiles(in: stream)
  }

  /// How many files mirrors would get only with the link: those that clients of the former
  /// release may ask for, and each repomd.xml that must become newer.
  func lateFiles(in stream: StreamContext) throws -> Int {
    try Self.lateFiles(carries ?? [], refreshes, in: stream)
  }

  static func lateFiles(
    _ carries: [CarryOver], _ refreshes: [RefreshRevision], in stream: StreamContext
  ) throws -> Int {
    let root = try Directory.open(root: stream.locations.public)
    return try carries.lateFiles
      + refreshes.reduce(0) { count, refresh in
        let manifest = try root.open(refresh.tree.path).manifest().manifest
        return try count + stream.repositories(of: refresh.tree, manifest).count
      }
  }
}
