package import DurableFiles
package import ReleaseModel
package import RepoMetadata

extension Manifest {
  /// Adds the metadata files of `records`, and repomd.xml as `tree` has it.
  package mutating func add(
    _ records: [RelativePath: [MetadataRecord]], of tree: Directory
  ) throws {
    for (repository, records) in records {
      for record in records {
        let path = repository.appending(try RelativePath.of("repodata/\(record.fileName)"))
        checksums[path] = record.checksum
      }
      try addRepomd(of: repository, in: tree)
    }
  }

  /// Adds repomd.xml of one repository as `tree` has it.
  package mutating func addRepomd(of repository: RelativePath, in tree: Directory) throws {
    let path = try RepositoryMetadata.repomdPath(of: repository)
    checksums[path] = try tree.openFile(path).sha256()
  }
}
