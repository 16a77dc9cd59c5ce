import ComposePolicy
import ComposeStream
import Foundation
import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// Redirects for all trees of archived releases; none where nobody serves the archive.
  ///
  /// - Parameters:
  ///   - added: trees that will be archived.
  ///   - removed: trees that are served from the public root again.
  func redirects(
    with added: [TreeName] = [], without removed: [TreeName] = []
  ) throws -> [WriteDocument] {
    guard let archiveURL = policy.urls.archive else { return [] }
    let archived = try ledger.releases().filter { $0.state == .archived }
      .flatMap(\.archivedTrees).map(\.name)
    let served = policy.urls.public.flatMap { URL(string: $0)?.path } ?? ""
    let context = ArchiveRedirects(
      publicPath: served.isEmpty ? policy.roots.public : served,
      archiveURL: archiveURL,
      trees: Set(archived + added).subtracting(removed).map(\.path).sorted())
    return try templates.redirects(context).map { document in
      WriteDocument(
        root: locations.state,
        path: try RelativePath.of("redirects/\(policy.stream)-\(document.fileName)"),
        contents: Array(document.text.utf8))
    }
  }
}
