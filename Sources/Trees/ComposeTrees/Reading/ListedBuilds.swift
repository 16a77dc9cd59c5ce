import BuildSystems
package import DurableFiles
package import PackageLibrary
package import ReleaseModel

extension TreeContents {
  /// The builds of what is listed, as the RPMs in `tree` are known, or read.
  package func builds(in tree: Directory, by library: PackageLibrary) throws -> [Build] {
    try builds(in: TreeFiles(tree), by: library)
  }

  /// The builds of what is listed, some of which may be on their way into the
  /// tree.
  package func builds(in tree: TreeFiles, by library: PackageLibrary) throws -> [Build] {
    // A noarch RPM is in several repositories.
    let paths = Dictionary(files.map { ($0.value, $0.key) }) { min($0, $1) }.values.sorted()
    let statuses = try tree.statuses(of: paths)
    library.recall(statuses.compactMap { $0 })
    let rpms = try Concurrently.map(
      Array(zip(paths, statuses)), threads: Concurrently.readers
    ) { path, status in
      try Interruption.check(remaining: "reading \(tree.path)")
      guard let status else {
        throw ComposeError(
          .inputOutput, "\(tree.path)/\(path)", "it is listed, but not there",
          remedy: "Restore it from a mirror or backup; look at all of it with 'epel-compose verify'"
        )
      }
      return try tree.rpm(path, status, in: library)
    }
    return BuildGrouping.builds(of: rpms)
  }

  /// Takes files out; `paths` are below the tree.
  package mutating func remove(_ paths: some Sequence<RelativePath>) {
    let gone = Set(paths)
    for (repository, listed) in repositories {
      let left = listed.filter { !gone.contains(repository.appending($0.key)) }
      if left.count < listed.count { repositories[repository] = left }
    }
  }
}
