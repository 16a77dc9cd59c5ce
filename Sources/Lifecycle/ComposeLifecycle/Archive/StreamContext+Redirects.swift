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
    for ending in try endings ?? ledger.endings() {
      guard let done = ending.done, let record = releases.first(where: { $0.id == done.release })
      else { continue }
      // One that was brought back since is served as it was.
      if done.isClosed, record.state == .superseded { continue }
      let own = record.trees.map(\.name.path) + (ending.subject == nil ? policy.linkPaths : [])
      if done.isClosed {
        let text = endText(of: ending, trees: record.trees.map(\.name))
        ended.formUnion(own.map { ArchiveRedirects.Ended(path: $0, text: text) })
      } else {
        paths.formUnion(own)
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

extension Policy {
  /// Paths of all links, below the public root.
  var linkPaths: [RelativePath] { links.map(\.path) }
}
