import ComposeChecks
import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// Gives a tree the files that clients of another one may still ask for by a
/// link that is about to move: their metadata names them, and would lead to
/// nothing. They are not listed, and go after the grace time. A repository that
/// the other tree does not have, such as that of an architecture which leaves, is
/// given whole; where the target keeps it from an earlier time that links led there,
/// it becomes what clients have now.
struct CarryOver: Step, Codable {
  let source: TreeName
  let target: TreeName
  /// Below both trees; sorted.
  let files: [RelativePath]
  /// That the target keeps already, from an earlier time that links led to the
  /// source: clients may ask for them anew from now on. Nil in the journal of an
  /// older version.
  let kept: [RelativePath]?
  /// Indexes of repositories that the target only keeps, and that the source has in
  /// another form, with their signatures: replaced. Nil in the journal of an older version.
  let renewed: [RelativePath]?

  var title: String {
    guard !files.isEmpty else {
      let kept = (kept ?? []).count.counted("file")
      return "note that clients may ask for \(kept) of \(source) in \(target) from now on"
    }
    return
      "keep \(files.count.counted("file")) of \(source) in \(target), for clients that have its metadata"
  }

  /// Nil where there is nothing to carry over.
  ///
  /// - Parameters:
  ///   - forgotten: files that no client asks for any more.
  ///   - targetRoot: where the target is now; nil for the public root.
  init?(
    from source: TreeName, to target: TreeName, staged targetRoot: String? = nil,
    forgetting forgotten: Set<RelativePath>, in stream: StreamContext
  ) throws {
    guard source.path != target.path else { return nil }
    let root = try Directory.open(root: stream.locations.public)
    let there = try Directory.open(root: targetRoot ?? stream.locations.public)
      .open(target.path).manifest().manifest
    let known = Set(there.repositories)
    let manifest = try root.open(source.path).manifest().manifest
    // A repository that the target lacks goes along whole.
    let missing = Set(
      try manifest.repositories.filter { !known.contains($0) }
        .flatMap(RepositoryMetadata.indexPaths))
    files = manifest.sorted.map(\.path).filter { path in
      (Self.isAskedFor(path) || missing.contains(path)) && there.checksums[path] == nil
        && !forgotten.contains(path)
    }
    self.source = source
    self.target = target
    let unlisted = Set(try stream.ledger.unlistedFiles(of: target).map(\.path))
    let carried = try unlisted.carriedRepositories.sorted().map(RepositoryMetadata.indexPaths)
    let indexes = carried.flatMap { $0 }
    kept = manifest.sorted.map(\.path).filter { path in
      (Self.isAskedFor(path) || indexes.contains(path)) && unlisted.contains(path)
        && !forgotten.contains(path)
    }
    renewed = carried.filter { paths in
      guard manifest.checksums[paths[0]] != nil, !forgotten.contains(paths[0]) else { return false }
      return paths.contains { manifest.checksums[$0] != there.checksums[$0] }
    }.flatMap { $0.filter { manifest.checksums[$0] != nil } }
    if files.isEmpty, kept?.isEmpty != false, renewed?.isEmpty != false { return nil }
  }

  /// What the trees of `release` that links lead to lack of those of `current`.
  ///
  /// - Parameter root: where the trees of `release` are now; nil for the public root.
  package static func all(
    from current: ReleaseRecord, to release: ReleaseRecord, staged root: String? = nil,
    in stream: StreamContext
  ) throws -> [CarryOver] {
    try Set(stream.policy.links.map(\.area)).sorted().compactMap { area in
      guard let source = current.tree(area)?.name, let target = release.tree(area)?.name else {
        return nil
      }
      return try CarryOver(
        from: source, to: target, staged: root, forgetting: Set(stream.expiredFiles(of: source)),
        in: stream)
    }
  }

  /// RPMs, and metadata that carries its checksum in its name.
  private static func isAskedFor(_ path: RelativePath) -> Bool {
    path.name.hasSuffix(".rpm")
      || (path.parent?.name == "repodata" && Checksum(hex: String(path.name.prefix(64))) != nil)
  }

  /// Everything that clients may ask for from now on, by the link that moves.
  var askedFor: [RelativePath] { files + (kept ?? []) + (renewed ?? []) }

  func isDone(in stream: StreamContext) throws -> Bool {
    let (from, to) = try trees(stream)
    let manifest = try to.manifest().manifest
    guard files.allSatisfy({ manifest.checksums[$0] != nil }) else { return false }
    guard let renewed, !renewed.isEmpty else { return true }
    let checksums = try from.manifest().manifest.checksums
    return try renewedIndexes.allSatisfy { manifest.checksums[$0] == checksums[$0] }
  }

  func perform(in stream: StreamContext) throws {
    let (from, to) = try trees(stream)
    let checksums = try from.manifest().manifest.checksums
    let carried = Manifest(
      files: files.compactMap { path in checksums[path].map { (path: path, checksum: $0) } })
    try removeUnfinishedCopies(in: to)
    try TreeLinker(
      source: from, target: to, library: stream.library, activity: stream.activity
    ).link(carried, verifying: false)
    // Links are durable before the manifest names them: after a power cut, a
    // file without a record can be linked again, but a record without its file
    // is damage.
    try to.syncFileSystem()
    var manifest = try to.manifest().manifest
    manifest.merge(carried.checksums)
    // After all that it names.
    for repository in (renewed ?? []).carriedRepositories.sorted() {
      try to.replaceIndex(of: repository, with: IndexFiles(of: repository, in: from))
      try manifest.addRepomd(of: repository, in: to)
      try manifest.addSignature(of: repository, in: to)
    }
    try to.write(manifest, signedBy: stream.signer)
  }

  /// Of all files that come along.
  private func removeUnfinishedCopies(in target: Directory) throws {
    var place: (parent: RelativePath?, directory: Directory?) = (nil, target)
    for path in files {
      if place.parent != path.parent {
        place = (path.parent, try path.parent.map { try target.openIfPresent($0) } ?? target)
      }
      try place.directory?.removeUnfinishedCopy(of: path.name)
    }
  }

  /// Takes back what an unfinished ``perform(at:)`` has linked.
  func removeUnrecorded(in stream: StreamContext) throws {
    let (from, to) = try trees(stream)
    let checksums = try from.manifest().manifest.checksums
    let manifest = try to.manifest().manifest
    try removeUnfinishedCopies(in: to)
    for path in files where manifest.checksums[path] == nil {
      guard let parent = try path.parent.map({ try to.openIfPresent($0) }) ?? to,
        try parent.status(named: path.name)?.kind == .file,
        try parent.openFile(RelativePath.of(path.name)).sha256() == checksums[path]
      else { continue }
      try parent.removeFile(path.name)
    }
    try to.syncFileSystem()
  }

  /// Whether an index is between its two forms: then the change must be finished.
  func isHalfDone(in stream: StreamContext) throws -> Bool {
    let to = try trees(stream).target
    let manifest = try to.manifest().manifest
    return try renewedIndexes.contains {
      let isThere = try to.status(of: $0) != nil
      return try (isThere ? to.openFile($0).sha256() : nil) != manifest.checksums[$0]
    }
  }

  /// What may be at the places of ``renewed``.
  private var renewedIndexes: [RelativePath] {
    get throws {
      try (renewed ?? []).carriedRepositories.sorted().flatMap(RepositoryMetadata.indexPaths)
    }
  }

  private func trees(_ stream: StreamContext) throws -> (source: Directory, target: Directory) {
    let root = try Directory.open(root: stream.locations.public)
    return (try root.open(source.path), try root.open(target.path))
  }
}

extension [CarryOver] {
  /// How many files the targets lack, or have in another form: what mirrors would get only
  /// with the link.
  var lateFiles: Int { reduce(0) { $0 + $1.files.count + ($1.renewed?.count ?? 0) } }

  /// Trees that files are taken from.
  func sources(in stream: StreamContext) throws -> [TreeRecord] {
    try compactMap { try stream.release($0.source.release).tree($0.source.area) }
  }

  /// Of the trees that got files of others: what nothing leads to.
  func unlistedFiles(in stream: StreamContext) throws -> [(TreeName, [UnlistedFile])] {
    let since = stream.time.now
    return try map { carry in
      (
        carry.target,
        try stream.unlistedFiles(
          of: carry.target,
          adding: carry.askedFor.map { UnlistedFile(path: $0, build: nil, since: since) },
          removing: [])
      )
    }
  }
}
