package import ComposePlanning
package import ReleaseModel

/// Which RPM files each repository of a tree lists.
package struct TreeContents {
  /// By repository: path below it, and what the file is.
  package var repositories: [RelativePath: [RelativePath: Checksum]]

  /// Empty repositories, one for each path.
  package init(repositories paths: [RelativePath]) {
    repositories = Dictionary(paths.map { ($0, [:]) }) { first, _ in first }
  }

  /// Adds the RPMs of `builds` to the repositories they belong to.
  package mutating func add(_ builds: [Build], by assignment: RepositoryAssignment) throws {
    for rpm in builds.flatMap(\.rpms) {
      let location = try rpm.location
      for repository in assignment.repositories(of: rpm) {
        repositories[repository, default: [:]][location] = rpm.sha256
      }
    }
  }

  /// Adds what `manifest` records of RPM files.
  package mutating func add(_ manifest: Manifest) {
    // A repository may lie inside another's directory (x86_64/debug): the
    // longest path that fits is the right one.
    let paths = repositories.keys.sorted { $0.description.count > $1.description.count }
    for (path, checksum) in manifest.checksums where path.name.hasSuffix(".rpm") {
      guard let repository = paths.first(where: { path.isWithin($0) }) else { continue }
      guard let location = path.below(repository) else { continue }
      repositories[repository]?[location] = checksum
    }
  }

  /// One line for each file of each repository, with its path below the tree.
  package var files: [RelativePath: Checksum] {
    var files: [RelativePath: Checksum] = [:]
    for (repository, contents) in repositories {
      for (location, checksum) in contents { files[repository.appending(location)] = checksum }
    }
    return files
  }
}
