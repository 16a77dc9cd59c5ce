package import ComposePlanning
package import ComposeStream
import DurableFiles
import RPMPackages
package import ReleaseLedger
import ReleaseModel
import RepoMetadata

extension StreamContext {
  /// What a tree gives who installs from it, as its metadata lists it; of an archived tree
  /// whose original is gone, as the archive has it.
  ///
  /// Throws `noInput` where the tree is not there, `badData` where its metadata cannot be
  /// read.
  package func contents(of tree: TreeRecord) throws -> ReleaseContents {
    let directory = try opened(tree)
    let repositories = try repositories(of: tree.name, directory.manifest().manifest)
    let listed = try Concurrently.map(repositories) { repository in
      try Interruption.check(remaining: "reading \(directory.path)")
      return try directory.packages(
        of: repository, directory.repomd(of: repository), by: library
      ).map {
        ReleaseContents.ListedRPM(nevra: $0.nevra, package: $0.package, bytes: $0.size)
      }
    }
    return ReleaseContents(listed: Array(listed.joined()), order: .rpm)
  }

  private func opened(_ tree: TreeRecord) throws -> Directory {
    do {
      return try locations.open(tree)
    } catch let error as ComposeError where error.kind == .noInput && tree.isArchived {
      return try Directory.open(root: locations.archive).open(tree.name.path)
    }
  }
}
