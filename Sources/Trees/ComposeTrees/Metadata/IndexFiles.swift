package import DurableFiles
package import ReleaseModel

extension RepositoryMetadata {
  /// Files of `repodata` that are replaced by others of the same name: repomd.xml, and what
  /// is beside it where it is signed. All others have their checksum in their name.
  package static let indexNames = ["repomd.xml", "repomd.xml.asc", "repomd.xml.key"]

  /// Path of repomd.xml below the tree.
  package static func repomdPath(of repository: RelativePath) throws -> RelativePath {
    repository.appending(try RelativePath.of("repodata/repomd.xml"))
  }

  /// Paths of its signature and of the public key below the tree: both are there, or none.
  package static func signaturePaths(of repository: RelativePath) throws -> [RelativePath] {
    try Array(indexPaths(of: repository).dropFirst())
  }

  /// Path of the public keys beside it, where it is signed.
  package static func publicKeyPath(of repository: RelativePath) throws -> RelativePath {
    repository.appending(try RelativePath.of("repodata/repomd.xml.key"))
  }

  /// Paths of ``indexNames`` below the tree.
  package static func indexPaths(of repository: RelativePath) throws -> [RelativePath] {
    try indexNames.map { repository.appending(try RelativePath.of("repodata/\($0)")) }
  }
}

/// repomd.xml of one repository with what clients fetch beside it.
package struct IndexFiles: Sendable {
  /// The document.
  package let repomd: [UInt8]
  /// Its armoured detached signature, and the public key; nil where it is not signed.
  package let signed: (signature: [UInt8], publicKey: [UInt8])?

  /// - Parameter signatures: nil where it is not signed.
  ///
  /// Throws `failed` where they are those of another document.
  package init(
    _ repomd: [UInt8], of repository: RelativePath, signatures: IndexSignatures?
  ) throws {
    self.repomd = repomd
    signed = try signatures.map {
      (Array(try $0.signature(of: repomd, in: repository).utf8), Array($0.publicKey.utf8))
    }
  }

  /// As `tree` has them.
  package init(of repository: RelativePath, in tree: Directory) throws {
    let paths = try RepositoryMetadata.indexPaths(of: repository)
    func contents(_ path: RelativePath) throws -> [UInt8] {
      try tree.openFile(path).contents(limit: Self.limit)
    }
    repomd = try contents(paths[0])
    let isSigned = try paths.dropFirst().allSatisfy { try tree.status(of: $0)?.kind == .file }
    signed = isSigned ? (try contents(paths[1]), try contents(paths[2])) : nil
  }

  /// Bytes of the largest of them.
  static let limit = 1 << 24
}

extension Directory {
  /// Replaces repomd.xml of one repository of this tree with what is beside it.
  ///
  /// Clients fetch repomd.xml, then its signature. So repomd.xml gets its name first: who
  /// fetches both in between has the new one with the old signature for no longer than one
  /// rename takes; the other way round, whoever was about to fetch the signature would be
  /// caught as well. See Docs/Signing.md.
  package func replaceIndex(of repository: RelativePath, with files: IndexFiles) throws {
    let paths = try RepositoryMetadata.indexPaths(of: repository)
    let parent = try paths[0].parent.map { try makeDirectories($0) } ?? self
    var documents = [(name: paths[0].name, contents: files.repomd)]
    if let signed = files.signed {
      documents += [(paths[1].name, signed.signature), (paths[2].name, signed.publicKey)]
    }
    try parent.replaceFiles(documents)
    guard files.signed == nil else { return }
    // A signature of what was there before: worse than none.
    var hasRemoved = false
    for name in RepositoryMetadata.indexNames.dropFirst()
    where try parent.status(named: name) != nil {
      try parent.removeFile(name)
      hasRemoved = true
    }
    if hasRemoved { try parent.sync() }
  }
}
