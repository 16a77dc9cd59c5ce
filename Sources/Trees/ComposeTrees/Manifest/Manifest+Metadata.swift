import Digests
package import DurableFiles
package import ReleaseModel
package import RepoMetadata

extension Manifest {
  /// Adds the metadata files of `records`, and repomd.xml as `tree` has it.
  ///
  /// - Parameter withSignatures: whether signatures are as `tree` has them; else they stay
  ///   as they are here.
  package mutating func add(
    _ records: [RelativePath: [MetadataRecord]], of tree: Directory, withSignatures: Bool = true
  ) throws {
    for (repository, records) in records {
      for record in records {
        let path = repository.appending(try RelativePath.of("repodata/\(record.fileName)"))
        self[path] = record.checksum
      }
      try addRepomd(of: repository, in: tree)
      if withSignatures { try addSignature(of: repository, in: tree) }
    }
  }

  /// Adds repomd.xml of one repository as `tree` has it.
  package mutating func addRepomd(of repository: RelativePath, in tree: Directory) throws {
    let path = try RepositoryMetadata.repomdPath(of: repository)
    self[path] = try tree.openFile(path).sha256()
  }

  /// Adds what is beside repomd.xml of one repository as `tree` has it: nothing where that
  /// is not signed.
  package mutating func addSignature(of repository: RelativePath, in tree: Directory) throws {
    for path in try RepositoryMetadata.signaturePaths(of: repository) {
      let isThere = try tree.status(of: path) != nil
      self[path] = try isThere ? tree.openFile(path).sha256() : nil
    }
  }

  /// Adds what will be beside repomd.xml of these repositories; nil where they will not be
  /// signed.
  package mutating func set(
    _ signatures: IndexSignatures?, of repositories: some Sequence<RelativePath>
  ) throws {
    for repository in repositories {
      let paths = try RepositoryMetadata.signaturePaths(of: repository)
      for path in paths { self[path] = nil }
      guard let signatures, let signature = signatures.signature(of: repository) else { continue }
      for (path, text) in zip(paths, [signature, signatures.publicKey]) {
        self[path] = Checksum(of: Array(text.utf8))
      }
    }
  }
}
