import ComposePolicy
import ComposeStream
import Foundation
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// Redirects for all trees of archived releases, and for links of a stream that ended; texts
  /// for what ended longer ago than the grace time. None where nobody serves the archive.
  ///
  /// - Parameters:
  ///   - added: trees that will be archived.
  ///   - removed: trees that are served from the public root again.
  ///   - endings: as they will be; nil for those of the ledger.
  func redirects(
    with added: [TreeName] = [], without removed: [TreeName] = [], endings: [EndOfLife]? = nil
  ) throws -> [WriteDocument] {
    guard let archiveURL = policy.urls.archive else { return [] }
    let releases = try ledger.releases()
    let archived = releases.filter { $0.state == .archived }.flatMap(\.archivedTrees).map(\.name)
    var paths = Set((archived + added).map(\.path))
    var ended: Set<ArchiveRedirects.Ended> = []
    for end in carriedOut(try endings ?? ledger.endings(), of: releases) {
      if let text = end.text {
        ended.formUnion(end.paths.map { ArchiveRedirects.Ended(path: $0, text: text) })
      } else {
        paths.formUnion(end.paths)
      }
    }
    paths.subtract(removed.map(\.path))
    paths.subtract(ended.map(\.path))
    let served = policy.urls.public.flatMap { URL(string: $0)?.path } ?? ""
    let context = ArchiveRedirects(
      publicPath: served.isEmpty ? policy.roots.public : served,
      archiveURL: archiveURL,
      trees: paths.sorted(), ended: ended.sorted { $0.path < $1.path })
    return try templates.redirects(context).map { document in
      WriteDocument(
        root: locations.state,
        path: try RelativePath.of("redirects/\(policy.stream)-\(document.fileName)"),
        contents: Array(document.text.utf8))
    }
  }
}

/// An end of life that was carried out, as those see it who ask for what ended.
struct CarriedOutEnd {
  /// The release that went to the archive: of a stream, its last one.
  let release: ReleaseRecord
  let isWholeStream: Bool
  /// Its trees and, of a stream, all links.
  let paths: [RelativePath]
  /// What they are told, one line; nil while the originals are there.
  let text: String?
}

extension StreamContext {
  /// Those of `endings` that were carried out, without releases that were brought back since: these
  /// are served as they were.
  func carriedOut(_ endings: [EndOfLife], of releases: [ReleaseRecord]) -> [CarriedOutEnd] {
    endings.compactMap { ending in
      guard let done = ending.done, let record = releases.first(where: { $0.id == done.release }),
        !(done.isClosed && record.state == .superseded)
      else { return nil }
      let trees = record.trees.map(\.name)
      return CarriedOutEnd(
        release: record, isWholeStream: ending.subject == nil,
        paths: trees.map(\.path) + (ending.subject == nil ? policy.linkPaths : []),
        text: done.isClosed ? endText(of: ending, trees: trees) : nil)
    }
  }
}

extension Policy {
  /// Paths of all links, below the public root.
  var linkPaths: [RelativePath] { links.map(\.path) }
}
