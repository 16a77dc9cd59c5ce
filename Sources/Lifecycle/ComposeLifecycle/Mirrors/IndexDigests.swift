import Digests
import DurableFiles
import MirrorDocuments
import ReleaseModel

/// The digests of every repomd.xml of a list.
struct IndexDigests {
  let root: Directory
  /// How often a directory is read again whose repomd.xml changes meanwhile.
  private static let tries = 3

  init(in root: Directory) { self.root = root }

  /// The digests of `indexes` by path. Where one is another than `listing` says, its directory
  /// is read again, and `listing` changed.
  ///
  /// Throws `inputOutput` where one changes again and again.
  func digests(
    of indexes: [RelativePath], in listing: inout FileListing, by scan: inout ModuleScan
  ) throws -> [String: FileDigests] {
    var digests: [String: FileDigests] = [:]
    for path in indexes {
      digests[path.description] = try digest(of: path, in: &listing, by: &scan)
    }
    return digests
  }

  /// Nil where it is gone by now, with the rest of its directory as it is then.
  private func digest(
    of path: RelativePath, in listing: inout FileListing, by scan: inout ModuleScan
  ) throws -> FileDigests? {
    for attempt in 0...Self.tries {
      if attempt > 0 { try readAgain(around: path, in: &listing, by: &scan) }
      guard let row = listing.row(of: path.description) else { return nil }
      guard let file = try openIfPresent(path), file.status.newestSecond == row.time,
        file.status.size == row.size
      else { continue }
      let digests = try FileDigests { update in try file.forEachChunk { update($0) } }
      if try root.status(of: path)?.identity == file.status.identity { return digests }
    }
    throw ComposeError(
      .inputOutput, "\(root.path)/\(path)".sanitizedForDisplay,
      "it changes again and again while it is read",
      remedy: "Find out what writes it, then run the command again")
  }

  private func openIfPresent(_ path: RelativePath) throws -> ReadableFile? {
    do {
      return try root.openFile(path)
    } catch let error as ComposeError where error.kind == .noInput {
      return nil
    }
  }

  private func readAgain(
    around path: RelativePath, in listing: inout FileListing, by scan: inout ModuleScan
  ) throws {
    guard let directory = path.parent else {
      listing = listing.without(path).merged(with: try scan.entry(path))
      return
    }
    listing = listing.without(directory).merged(with: try scan.tree(directory))
  }
}

extension FileListing {
  /// The rows that are neither of `path` nor below it.
  func without(_ path: RelativePath) -> FileListing {
    let (own, below) = (Array(path.description.utf8), Array("\(path)/".utf8))
    return filtered { !$0.elementsEqual(own) && !$0.starts(with: below) }
  }
}
