package import ComposePlanning
import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseLedger
package import ReleaseModel
import RepoMetadata

extension StreamContext {
  /// Builds that the testing tree of `record` lists, sorted by package, as the tree says itself;
  /// none where it has no such tree. The tree is the only record of them; no RPM is read.
  ///
  /// Throws `badData` where it does not say it, and what keeps it from being read.
  package func testedBuilds(of record: ReleaseRecord) throws -> [NVR] {
    guard let tree = record.tree(.testing), tree.place != .gone else { return [] }
    return try ComposeMetadata.builds(in: locations.open(tree)).sorted {
      $0.name == $1.name ? $0.description < $1.description : $0.name < $1.name
    }
  }

  /// The same builds with their RPMs, as these are known, or read.
  ///
  /// Throws `badData` or `inputOutput` where the tree cannot be read.
  package func testingBuilds(of record: ReleaseRecord) throws -> [Build] {
    guard let tree = record.tree(.testing), tree.place != .gone else { return [] }
    let directory = try locations.open(tree)
    let manifest = try directory.manifest().manifest
    var contents = TreeContents(repositories: try repositories(of: tree.name, manifest))
    contents.add(manifest)
    contents.remove(try ledger.unlistedFiles(of: tree.name).map(\.path))
    return try contents.builds(in: directory, by: library).sorted {
      $0.package == $1.package ? $0.nvr.description < $1.nvr.description : $0.package < $1.package
    }
  }

  /// Whether testers are told in the testing tree of `record` what `documents` say of `builds`,
  /// which it lists.
  package func tellsTesters(
    _ documents: TreeDocuments, of builds: [Build], in record: ReleaseRecord
  ) throws -> Bool {
    guard let tree = record.tree(.testing), tree.place != .gone else { return true }
    let directory = try locations.open(tree)
    let repositories = try repositories(of: tree.name, directory.manifest().manifest)
    let scratch = try ScratchDirectory()
    let made = try withExtendedLifetime(scratch) {
      try SupplementaryMetadata(policy: policy, documents: documents, area: .testing).write(
        for: repositories, listing: builds, into: Directory.open(root: scratch.path))
    }
    return try repositories.allSatisfy { repository in
      let told = try directory.repomd(of: repository).records.filter {
        SupplementaryDocument.types.contains($0.type)
      }
      return Set(told.map(\.checksum)) == Set((made[repository] ?? []).map(\.checksum))
    }
  }
}
