import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseLedger
package import ReleaseModel
import RepoMetadata

extension StreamContext {
  /// Files of `tree` that nothing leads to, after a change that is on disk.
  ///
  /// - Parameters:
  ///   - added: that the change took out of the lists.
  ///   - removed: that are listed again, or gone.
  package func unlistedFiles(
    of tree: TreeName, adding added: [UnlistedFile], removing removed: Set<RelativePath>
  ) throws -> [UnlistedFile] {
    let directory = try Directory.open(root: locations.public).open(tree.path)
    let manifest = try directory.manifest().manifest
    let known = try ledger.unlistedFiles(of: tree) + added
    let metadata = try directory.metadata(manifest, without: known.map(\.path).carriedRepositories)
    var files: [RelativePath: UnlistedFile] = [:]
    for file in known
    where manifest.checksums[file.path] != nil && !removed.contains(file.path)
      && !metadata.named.contains(file.path)
    {
      files[file.path] = file
    }
    for path in metadata.superseded where files[path] == nil {
      files[path] = UnlistedFile(path: path, build: nil, since: time.now)
    }
    return files.values.sorted { $0.path < $1.path }
  }

  /// Files of `tree` that no client asks for any more.
  package func expiredFiles(of tree: TreeName) throws -> [RelativePath] {
    try ledger.unlistedFiles(of: tree)
      .filter { time.now.subtractingClamped($0.since) >= policy.clocks.grace.seconds }.map(\.path)
  }
}

extension Directory {
  /// Metadata of this tree that its indexes name, themselves included, and what
  /// they do not name any more.
  ///
  /// Lists that are as they were before are in a file of the same name: a file
  /// that was superseded can be named by an index again.
  ///
  /// - Parameter carried: repositories that are only kept for clients of an
  ///   earlier release: what they name goes with them.
  package func metadata(
    _ manifest: Manifest, without carried: Set<RelativePath> = []
  ) throws -> (named: Set<RelativePath>, superseded: [RelativePath]) {
    var named: Set<RelativePath> = []
    var places: Set<RelativePath> = []
    for repository in manifest.repositories where !carried.contains(repository) {
      let repodata = repository.appending(try RelativePath.of("repodata"))
      places.insert(repodata)
      named.formUnion(try RepositoryMetadata.indexPaths(of: repository))
      for record in try repomd(of: repository).records {
        named.insert(repodata.appending(try RelativePath.of(record.fileName)))
      }
    }
    let superseded = manifest.checksums.keys.filter { path in
      path.parent.map(places.contains) == true && !named.contains(path)
    }
    return (named, superseded)
  }
}
