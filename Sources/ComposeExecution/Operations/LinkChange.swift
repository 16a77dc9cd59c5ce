import ComposePolicy
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// The steps that make a release the one that links lead to: shared by
/// promote and rollback.
struct LinkChange: Codable, Sendable {
  let refreshes: [RefreshRevision]
  /// Constant links first: one that dangles comes alive together with the
  /// moving one, by the same rename.
  let flips: [FlipLink]

  /// - Parameters:
  ///   - release: where the links shall lead.
  ///   - current: where they lead now; nil before the first promotion.
  ///
  /// Throws `refused` when a link is not what the ledger says.
  init(to release: ReleaseRecord, from current: ReleaseRecord?, at site: Site) throws {
    let policy = site.policy
    let state = try LinkState(policy: policy, locations: site.locations)
    try state.requireUntouched(current: current?.id)
    try Self.requireIntact(release, at: site)
    let links = policy.links.filter { !$0.moves } + policy.links.filter(\.moves)
    flips = links.compactMap { link in
      let new = link.target.filled(release: release.id)
      let old = state.targets[link.path] ?? nil
      return old == new ? nil : FlipLink(path: link.path, old: old, new: new)
    }
    let floor = try site.ledger.revisionFloor()
    let areas = Set(policy.links.map(\.area))
    let others = try site.ledger.releases().filter { $0.id != release.id && $0.promotion != nil }
    let served = others.flatMap(\.trees).map(\.revision).max() ?? 0
    refreshes = release.trees.filter { areas.contains($0.name.area) && $0.revision <= served }.map {
      RefreshRevision(tree: $0.name, revision: floor + 1)
    }
    try Preflight(site: site).checkLinkChange(flips, renewing: refreshes.map(\.tree))
  }

  /// The trees that links will lead to must be there, as recorded: a link to
  /// nothing is worse than the old release.
  private static func requireIntact(_ release: ReleaseRecord, at site: Site) throws {
    let checked = try site.ledger.checkRun(of: release.id)?.subject
    for tree in release.trees {
      do {
        let directory = try site.locations.open(tree)
        let path = tree.name.path.description
        // As when the checks looked at every name, and at this very manifest.
        if let times = checked?.names?[path], checked?.manifests[path] == tree.manifest.hex,
          try NameStamps(times: times).hold(in: directory)
        {
          continue
        }
        let (manifest, checksum) = try directory.manifest()
        // Names alone, so that this takes seconds; `check` reads contents.
        let paths = manifest.checksums.keys.sorted()
        for (path, status) in zip(paths, try directory.statuses(of: paths))
        where status?.kind != .file {
          throw release.refusal(
            "\(tree.name)/\(path) is missing or no regular file",
            "Restore it from a mirror or backup, or look at all of it with: "
              + "epel-compose verify \(release.id)")
        }
        guard checksum == tree.manifest else {
          throw release.refusal(
            "the manifest of \(tree.name) is not what was recorded",
            "Look at it with: epel-compose verify \(release.id)")
        }
      } catch let error as ComposeError where error.kind == .noInput {
        throw release.refusal(
          "its tree is not there: \(error.thing)", "Restore it from a mirror or backup")
      }
    }
  }

  /// Closes a change that failed before any link moved; see ``Operation``.
  func undo(
    at site: Site, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    guard reason == .failure, let renewed = try recordsIfNoLinkMoved(at: site) else { return nil }
    return { change in
      for record in renewed { try change.renewTree(record) }
    }
  }

  /// While every link is at its old target: the records of the trees that
  /// were renewed completely. Nil once a link has moved, or where a tree is
  /// between two revisions: then the change must be finished.
  private func recordsIfNoLinkMoved(at site: Site) throws -> [TreeRecord]? {
    for flip in flips where flip.old != flip.new {
      if try flip.isDone(at: site) { return nil }
    }
    let root = try Directory.open(root: site.locations.public)
    var records: [TreeRecord] = []
    for refresh in refreshes {
      let directory = try root.open(refresh.tree.path)
      if try refresh.isDone(at: site) {
        records.append(
          try TreeRecord(
            of: refresh.tree, at: .public, directory: directory, revision: refresh.revision))
        continue
      }
      let manifest = try directory.manifest().manifest
      for repository in manifest.repositories {
        let path = try RepositoryMetadata.repomdPath(of: repository)
        let status = try directory.status(of: path)
        let found = try status.map { _ in try directory.openFile(path).sha256() }
        if let found, found != manifest.checksums[path] { return nil }
      }
    }
    return records
  }

  var steps: [any Step] { refreshes + flips }

  /// The records of the trees that were refreshed, as they are on disk.
  func records(at site: Site) throws -> [TreeRecord] {
    try refreshes.map { refresh in
      let root = try Directory.open(root: site.locations.public)
      return try TreeRecord(
        of: refresh.tree, at: .public, directory: root.open(refresh.tree.path),
        revision: refresh.revision)
    }
  }
}
