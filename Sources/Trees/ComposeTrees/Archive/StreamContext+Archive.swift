import ComposePolicy
package import ComposeStream
package import ReleaseLedger
import ReleaseModel

extension StreamContext {
  /// All trees that are below the archive root, located there, in the order of releases.
  ///
  /// Throws `refused` where there are none.
  package func archivedTrees() throws -> [TreeRecord] {
    let trees = try ledger.releases().sorted { $0.id < $1.id }.flatMap(\.archivedTrees)
    guard !trees.isEmpty else {
      throw ComposeError(
        .refused, policy.stream, "no release of it is archived",
        remedy: "Archive a superseded release first")
    }
    return trees
  }
}
