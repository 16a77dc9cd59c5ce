package import ComposeStream
import DurableFiles
import ReleaseLedger
package import ReleaseModel

// A repository that a release does not have any more is carried over whole into
// its trees, for clients that still ask for it. Like other files that are kept
// for them, its files are not listed, its repomd.xml among them: by that it is
// told from the repositories of the release.

extension Sequence where Element == RelativePath {
  /// Repositories that were carried over whole: those whose repomd.xml is among
  /// these files that are not listed.
  package var carriedRepositories: Set<RelativePath> {
    Set(compactMap { $0.name == "repomd.xml" ? $0.parent?.parent : nil })
  }
}

extension StreamContext {
  /// Repositories that `tree` has of its own: those of its manifest but the ones
  /// that it keeps for clients of an earlier release.
  package func repositories(of tree: TreeName, _ manifest: Manifest) throws -> [RelativePath] {
    let carried = try ledger.unlistedFiles(of: tree).map(\.path).carriedRepositories
    return carried.isEmpty
      ? manifest.repositories : manifest.repositories.filter { !carried.contains($0) }
  }
}
