import ComposePlanning
package import ComposeStream
import DurableFiles
package import ReleaseModel

extension StreamContext {
  /// Throws `refused` where `tree` has other repositories than the policy describes
  /// by now: a push could neither read nor write them.
  package func requireLayout(of tree: TreeName, _ manifest: Manifest) throws {
    let own = try repositories(of: tree, manifest)
    guard own != RepositoryAssignment(policy: policy).paths else { return }
    throw ComposeError(
      .refused, "tree \(tree)", "it has other repositories than the policy describes by now",
      remedy: "Compose the next release with the new layout, or put the old one back")
  }

  /// The same of a tree below the public root.
  package func requireLayout(of tree: TreeName) throws {
    let directory = try Directory.open(root: locations.public).open(tree.path)
    try requireLayout(of: tree, directory.manifest().manifest)
  }
}
