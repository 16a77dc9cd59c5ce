import ReleaseLedger
import ComposeStream
import ComposeTrees
import ComposeChecks
import DurableFiles
import ReleaseModel

/// Gives a tree the files that clients of another one may still ask for by a
/// link that is about to move: their metadata names them, and would lead to
/// nothing. They are not listed, and go after the grace time. A repository that
/// the other tree does not have, such as that of an architecture which leaves, is
/// given whole.
struct CarryOver: Step, Codable {
  let source: TreeName
  let target: TreeName
  /// Below both trees; sorted.
  let files: [RelativePath]
  /// That the target keeps already, from an earlier time that links led to the
  /// source: clients may ask for them anew from now on. Nil in the journal of an
  /// older version.
  let kept: [RelativePath]?

  var title: String {
    "keep \(files.count) files of \(source) in \(target), for clients that have its metadata"
  }

  /// Nil where there is nothing to carry over.
  ///
  /// - Parameter forgotten: files that no client asks for any more.
  init?(
    from source: TreeName, to target: TreeName, forgetting forgotten: Set<RelativePath>,
    in stream: StreamContext
  ) throws {
    guard source.path != target.path else { return nil }
    let root = try Directory.open(root: stream.locations.public)
    let there = try root.open(target.path).manifest().manifest
    let known = Set(there.repositories)
    let manifest = try root.open(source.path).manifest().manifest
    // A repository that the target lacks goes along whole.
    let missing = Set(
      try manifest.repositories.filter { !known.contains($0) }.map(RepositoryMetadata.repomdPath))
    files = manifest.sorted.map(\.path).filter { path in
      (Self.isAskedFor(path) || missing.contains(path)) && there.checksums[path] == nil
        && !forgotten.contains(path)
    }
    self.source = source
    self.target = target
    let unlisted = Set(try stream.ledger.unlistedFiles(of: target).map(\.path))
    kept = manifest.sorted.map(\.path).filter { path in
      Self.isAskedFor(path) && unlisted.contains(path) && !forgotten.contains(path)
    }
    if files.isEmpty, kept?.isEmpty != false { return nil }
  }

  /// RPMs, and metadata that carries its checksum in its name.
  private static func isAskedFor(_ path: RelativePath) -> Bool {
    path.name.hasSuffix(".rpm")
      || (path.parent?.name == "repodata" && Checksum(hex: String(path.name.prefix(64))) != nil)
  }

  func isDone(in stream: StreamContext) throws -> Bool {
    let manifest = try trees(stream).target.manifest().manifest
    return files.allSatisfy { manifest.checksums[$0] != nil }
  }

  func perform(in stream: StreamContext) throws {
    let (from, to) = try trees(stream)
    let checksums = try from.manifest().manifest.checksums
    let carried = files.compactMap { path in checksums[path].map { (path: path, checksum: $0) } }
    try TreeLinker(
      source: from, target: to, library: stream.library, activity: stream.activity
    ).link(Manifest(files: carried), verifying: false)
    // Links are durable before the manifest names them: after a power cut, a
    // file without a record can be linked again, but a record without its file
    // is damage.
    try to.syncFileSystem()
    var manifest = try to.manifest().manifest
    for (path, checksum) in carried { manifest.checksums[path] = checksum }
    try to.write(manifest)
  }

  /// Takes back what an unfinished ``perform(at:)`` has linked.
  func removeUnrecorded(in stream: StreamContext) throws {
    let (from, to) = try trees(stream)
    let checksums = try from.manifest().manifest.checksums
    let manifest = try to.manifest().manifest
    for path in files where manifest.checksums[path] == nil {
      guard let parent = try path.parent.map({ try to.openIfPresent($0) }) ?? to,
        try parent.status(named: path.name)?.kind == .file,
        try parent.openFile(RelativePath.of(path.name)).sha256() == checksums[path]
      else { continue }
      try parent.removeFile(path.name)
    }
    try to.syncFileSystem()
  }

  private func trees(_ stream: StreamContext) throws -> (source: Directory, target: Directory) {
    let root = try Directory.open(root: stream.locations.public)
    return (try root.open(source.path), try root.open(target.path))
  }
}
