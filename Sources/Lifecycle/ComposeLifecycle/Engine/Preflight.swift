import ComposeChecks
import ComposePlanning
import ComposeStream
import ComposeTrees
import DurableFiles
import Glibc
import ReleaseLedger
import ReleaseModel

/// Looks whether an operation can succeed, before its first change: names,
/// permissions, space and inodes. Hard links that turn out impossible later
/// are made as copies, and count as such here where that can be known.
///
/// Throws `cannotCreate` where a name is taken or a root is read-only,
/// `permission` where it may not be written, `inputOutput` where space or
/// inodes are short.
struct Preflight {
  let stream: StreamContext

  /// Room for directories and metadata that are made whatever is linked.
  private static let reserve = 64 << 20
  /// Metadata files of a repository, its directories, and some letters.
  private static let inodesOfRepository = 64

  /// Bytes and inodes that something takes on one file system.
  private struct Need {
    var bytes = 0
    var inodes = 0
  }

  // MARK: Operations

  /// Before trees are built in staging.
  func check(_ plan: Plan) throws {
    for tree in plan.trees {
      for root in [stream.locations.staging, stream.locations.public] {
        try requireFree(tree.path, below: root, "something is there that the ledger does not know")
      }
    }
    let staging = try writableRoot(stream.locations.staging)
    _ = try writableRoot(stream.locations.state)
    let names = plan.trees.count
    var need = try need(toPlace: plan.builds, names: names, in: staging)
    need.bytes = need.bytes.addingClamped(Self.reserve)
    need.inodes += plan.trees.reduce(0) {
      $0 + $1.repositories.count * Self.inodesOfRepository
    }
    try require(need, in: staging, stream.locations.staging)
  }

  /// Before trees move or are archived below `root`: by links or a rename on
  /// their own file system, else by copies. What is there already counts as
  /// done.
  func checkCopy(of trees: [TreeRecord], to root: String) throws {
    var needs: [UInt: (need: Need, directory: Directory)] = [:]
    var seen: Set<UInt> = []
    for tree in trees {
      let target = try nearest(to: tree.name.path.parent, below: root)
      try target.requireWritable(toMake: made(tree.name.path.parent, below: root))
      let directory = try stream.locations.open(tree)
      if try directory.canLink(to: target) { continue }
      let place = try Directory.openIfPresent(root: root)
      if let place, try place.status(of: tree.name.path) != nil { continue }
      let unfinished = try TreeCopy.unfinishedPath(of: tree.name.path)
      let device = try target.device()
      var need = needs[device]?.need ?? Need(bytes: Self.reserve)
      let held = try stream.treeFiles(for: target)
      let checksums = (try? directory.manifest().manifest.checksums) ?? [:]
      for entry in try directory.walk() where seen.insert(entry.status.inode).inserted {
        let copied = try place?.status(of: unfinished.appending(entry.path))
        if let copied, copied.size == entry.status.size { continue }
        if let checksum = checksums[entry.path], try held.status(checksum) != nil { continue }
        need.bytes = need.bytes.addingClamped(entry.status.size)
        need.inodes += 1
      }
      needs[device] = (need, target)
    }
    for (need, directory) in needs.values { try require(need, in: directory, root) }
  }

  /// Before `builds` are pushed into `tree`, which is `directory`.
  func checkPush(
    _ builds: [Build], into directory: Directory, of tree: TreeName, _ manifest: Manifest
  ) throws {
    try directory.requireWritable()
    try requireReplaceableDocuments(of: directory, manifest)
    let expired = Set(try stream.expiredFiles(of: tree))
    let assignment = RepositoryAssignment(policy: stream.policy)
    for rpm in builds.flatMap(\.rpms) {
      let location = try rpm.location
      for path in assignment.repositories(of: rpm).map({ $0.appending(location) }) {
        if let known = manifest.checksums[path], known != rpm.sha256 {
          throw ComposeError(
            .refused, "\(directory.path)/\(path)",
            "clients know it with other contents than \(rpm.path.sanitizedForDisplay) has",
            remedy: expired.contains(path)
              ? "Nobody asks for it any more: 'update \(tree.release.major)' removes it; then push "
                + "again"
              : "Keep the file that users have, or build it again with a higher release")
        }
        guard manifest.checksums[path] == nil, let status = try directory.status(of: path),
          status.kind != .file || status.size != rpm.size
        else { continue }
        throw ComposeError(
          .cannotCreate, "\(directory.path)/\(path)", "another file has that name",
          remedy: "Find out where it comes from, and move it away")
      }
    }
    var need = try need(toPlace: builds, names: 1, in: directory)
    // New metadata beside the old.
    for path in manifest.checksums.keys where path.parent?.name == "repodata" {
      let size = try directory.status(of: path)?.size ?? 0
      need.bytes = need.bytes.addingClamped(size).addingClamped(size)
    }
    need.bytes = need.bytes.addingClamped(Self.reserve / 16)
    need.inodes += manifest.repositories.count * Self.inodesOfRepository
    try require(need, in: directory, directory.path)
  }

  /// Before links flip and repomd.xml of `trees` is renewed.
  func checkLinkChange(_ flips: [FlipLink], renewing trees: [TreeName]) throws {
    let root = try Directory.openNearest(to: stream.locations.public)
    for flip in flips {
      try nearest(to: flip.path.parent, below: stream.locations.public)
        .requireWritable(toMake: made(flip.path.parent, below: stream.locations.public))
    }
    var need = Need(bytes: 1 << 14, inodes: flips.count)
    for tree in trees {
      let directory = try root.open(tree.path)
      try directory.requireWritable()
      let manifest = try RelativePath.of(Manifest.fileName)
      let size = try directory.status(of: manifest)?.size ?? 0
      need.bytes = need.bytes.addingClamped(size).addingClamped(size)
      need.inodes += 2
    }
    try require(need, in: root, stream.locations.public)
  }

  /// Before trees are removed from `root`.
  func checkRemoval(of paths: [RelativePath], from root: String) throws {
    guard let directory = try Directory.openIfPresent(root: root) else { return }
    for path in paths {
      let parent = path.parent
      guard try parent.map({ try directory.status(of: $0) != nil }) ?? true else { continue }
      try (parent.map { try directory.open($0) } ?? directory).requireWritable()
      guard let status = try directory.status(of: path), status.kind != .directory else { continue }
      throw ComposeError(
        .cannotCreate, "\(root)/\(path)", "it is not a directory",
        remedy: "Look at what is there, and move it away")
    }
  }

  /// Throws `cannotCreate` where something else than a file is in the place of what a push
  /// writes anew: all but RPMs.
  private func requireReplaceableDocuments(
    of directory: Directory, _ manifest: Manifest
  ) throws {
    let paths = manifest.checksums.keys.filter { !$0.name.hasSuffix(".rpm") }.sorted()
    for (path, status) in zip(paths, try directory.statuses(of: paths)) {
      guard let status, status.kind != .file else { continue }
      throw ComposeError(
        .cannotCreate, "\(directory.path)/\(path)", "it is not a regular file",
        remedy: "Restore the file from a mirror or from another copy of the tree")
    }
  }

  /// Throws `cannotCreate` where the name is taken.
  func requireFree(_ path: RelativePath, below root: String, _ cause: String) throws {
    guard let directory = try Directory.openIfPresent(root: root),
      try directory.status(of: path) != nil
    else { return }
    throw ComposeError(
      .cannotCreate, "\(root)/\(path)", cause, remedy: "Look at it, and move it away")
  }

  /// Throws `cannotCreate` where something else than a copy of this program, finished or
  /// not, has a name that copies of `trees` need.
  func requireRoom(for trees: [TreeName], below root: String) throws {
    guard let directory = try Directory.openIfPresent(root: root) else { return }
    for tree in trees {
      for path in [tree.path, try TreeCopy.unfinishedPath(of: tree.path)] {
        guard let status = try directory.status(of: path) else { continue }
        let manifest = path.appending(try RelativePath.of(Manifest.fileName))
        let isTree = status.kind == .directory
        if isTree, try path != tree.path || directory.status(of: manifest) != nil { continue }
        throw ComposeError(
          .cannotCreate, "\(root)/\(path)",
          isTree ? "something is there already" : "it is not a directory",
          remedy: "Look at what is there, and move it away")
      }
    }
  }

  /// Throws `cannotCreate` where something else than a file has the name of one that will
  /// be replaced.
  func requireReplaceable(_ path: RelativePath, below root: String) throws {
    guard let directory = try Directory.openIfPresent(root: root),
      let status = try directory.status(of: path), status.kind != .file
    else { return }
    throw ComposeError(
      .cannotCreate, "\(root)/\(path)", "it is not a regular file",
      remedy: "Look at it, and move it away")
  }

  // MARK: Space

  /// What it takes to give each RPM `names` names in every repository it
  /// belongs to: nothing where they are links.
  private func need(
    toPlace builds: [Build], names: Int, in target: Directory
  ) throws -> Need {
    let assignment = RepositoryAssignment(policy: stream.policy)
    let (user, limit) = (geteuid(), target.linkLimit())
    var pools: [Substring: (directory: Directory, isNear: Bool)] = [:]
    let held = try stream.treeFiles(for: target)
    var need = Need()
    for rpm in builds.flatMap(\.rpms) {
      let added = assignment.repositories(of: rpm).count * names
      if added == 0 { continue }
      let end = rpm.path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? rpm.path.startIndex
      let known = pools[rpm.path[..<end]]
      let pool =
        try known
        ?? {
          let directory = try Directory.openNearest(to: String(rpm.path[..<end]))
          return (directory, try directory.canLink(to: target))
        }()
      if known == nil { pools[rpm.path[..<end]] = pool }
      let name = String(rpm.path[end...].dropFirst())
      if pool.isNear, RelativePath.isSafe(name),
        let status = try pool.directory.status(named: name),
        status.canBeLinked(by: user), status.links + added <= limit
      {
        continue
      }
      if let status = try held.status(rpm.sha256), status.canBeLinked(by: user),
        status.links + added <= limit
      {
        continue
      }
      need.bytes = need.bytes.addingClamped(rpm.size)
      need.inodes += 1
    }
    return need
  }

  /// The directory at `path` below `root`, or the nearest one above it that is
  /// there: where names would be made.
  private func nearest(to path: RelativePath?, below root: String) throws -> Directory {
    guard var directory = try Directory.openIfPresent(root: root) else {
      return try Directory.openNearest(to: root)
    }
    for name in path?.components ?? [] {
      let child = try RelativePath.of(name)
      guard try directory.status(of: child) != nil else { break }
      directory = try directory.open(child)
    }
    return directory
  }

  /// The root, or the directory it would be made in; it must be writable.
  private func writableRoot(_ root: String) throws -> Directory {
    let directory = try Directory.openNearest(to: root)
    try directory.requireWritable(toMake: root)
    return directory
  }

  private func made(_ path: RelativePath?, below root: String) -> String {
    path.map { "\(root)/\($0)" } ?? root
  }

  private func require(_ need: Need, in directory: Directory, _ root: String) throws {
    let capacity = try directory.capacity()
    guard capacity.freeBytes >= need.bytes else {
      throw ComposeError(
        .inputOutput, root,
        "\(Self.rounded(need.bytes)) are needed there, and \(Self.rounded(capacity.freeBytes)) are free",
        remedy: "Free space, or put the roots on one device")
    }
    if let free = capacity.freeInodes, free < need.inodes {
      throw ComposeError(
        .inputOutput, root,
        "\(need.inodes.grouped) inodes are needed there, and \(free.grouped) are free",
        remedy: "Free inodes, or put the roots on one device")
    }
  }

  private static func rounded(_ bytes: Int) -> String {
    bytes < 1 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
  }
}
