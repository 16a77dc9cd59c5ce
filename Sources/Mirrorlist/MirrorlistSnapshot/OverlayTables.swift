import Digests
import MirrorDocuments
import ReleaseModel

/// What overlays say, as far as the cache has what they lead to.
struct OverlayTables: Sendable {
  /// The release of each client name, by architecture: one that the cache has mirrors of.
  var redirects: [String: [String: String]] = [:]
  /// Links, and the trees that they lead to.
  var links = PathRewriting()
  /// Trees that are gone, and where they are in the archive.
  private(set) var archived = PathRewriting()
  /// Texts for repositories that ended, by name.
  var endedNames: [String: String] = [:]
  /// Texts for links and trees that ended.
  var endedPaths = PathRewriting()
  /// Details of ``Snapshot/index``, by directory.
  private(set) var details: [UInt32: [FileDetail]] = [:]
  /// What overlays say that is not used now.
  var ignored = IgnoredOverlays()

  /// Puts archived trees and details on top of what the cache says; redirects and links
  /// follow, when it is known what can be answered. Of two overlays that say different
  /// things of one name, the last counts.
  init(_ overlays: [Overlay], on tables: inout SnapshotTables) throws(WireError) {
    for overlay in overlays {
      for tree in overlay.archived {
        archived.add(tree.path.description, leadingTo: tree.archive.description)
      }
      for index in overlay.indexes { try add(index, to: &tables) }
    }
  }

  private mutating func add(
    _ index: Overlay.Index, to tables: inout SnapshotTables
  ) throws(WireError) {
    var name = index.directory.description
    let found = name.withUTF8 {
      tables.directoryNames.find(UnsafeRawBufferPointer($0), in: tables.texts)
    }
    // No mirror is known to have it: nobody can be told of it.
    guard let directory = found else { return }
    let told = FileDetail(
      timestamp: Int64(index.timestamp), size: Int64(index.size),
      md5: try tables.texts.add(index.digests.md5), sha1: try tables.texts.add(index.digests.sha1),
      sha256: try tables.texts.add(index.digests.sha256),
      sha512: try tables.texts.add(index.digests.sha512))
    var known: [FileDetail] = []
    let record = tables.directories[Int(directory)]
    for file in tables.files[Int(record.firstFile)..<Int(record.firstFile + record.fileCount)]
    where tables.texts.string(file.name) == Snapshot.index {
      known = Array(
        tables.details[Int(file.firstDetail)..<Int(file.firstDetail + file.detailCount)])
    }
    var seen: Set<String> = [index.digests.sha256]
    let others = known.filter { detail in
      detail.sha256.isEmpty || seen.insert(tables.texts.string(detail.sha256).lowercased()).inserted
    }
    // The newest first, whoever knows it: an overlay may be an old copy.
    details[directory] =
      ([told] + others).enumerated().sorted {
        ($1.element.timestamp, $0.offset) < ($0.element.timestamp, $1.offset)
      }.map(\.element)
  }
}

/// How much of what overlays say is not used, because it cannot be.
package struct IgnoredOverlays: Hashable, Sendable {
  /// Files that are missing, bad, or older than what is used.
  package var files = 0
  /// Redirects to a release that the cache has too few mirrors of.
  package var redirects = 0
  /// Links to a tree that the cache has no mirrors of.
  package var links = 0
  /// Names and paths that are answered though they ended.
  package var ended = 0
}

/// Paths that stand for others, with all below them.
struct PathRewriting: Sendable {
  private(set) var targets: [String: String] = [:]

  mutating func add(_ path: String, leadingTo target: String) { targets[path] = target }

  /// By the longest path that has a rule; nil where no rule is about `path`.
  func rewritten(_ path: String) -> String? {
    rule(for: path).map { $0.target + $0.rest }
  }

  /// The target of the longest path that is `path` or above it, and what is below that.
  func rule(for path: String) -> (target: String, rest: Substring)? {
    var end = path.endIndex
    while !targets.isEmpty {
      if let target = targets[String(path[..<end])] { return (target, path[end...]) }
      guard let slash = path[..<end].lastIndex(of: "/") else { break }
      end = slash
    }
    return nil
  }
}
