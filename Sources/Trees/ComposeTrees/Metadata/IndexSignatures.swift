import Digests
package import DocumentSigning
package import ReleaseModel
package import RepoMetadata

/// The indexes of a tree's repositories as they will be.
package struct RepositoryIndexes: Sendable {
  /// repomd.xml by repository.
  package let documents: [RelativePath: [UInt8]]

  /// - Parameter records: what each of them names.
  package init(_ records: [RelativePath: [MetadataRecord]], revision: Int) throws {
    documents = try records.mapValues { try Repomd(revision: revision, records: $0).xml() }
  }

  /// - Parameter documents: repomd.xml by repository.
  package init(_ documents: [RelativePath: [UInt8]]) { self.documents = documents }
}

/// Signatures of the indexes of one tree. They are made before the first change, and are in
/// the journal: whoever finishes an interrupted operation writes the same bytes, and needs
/// nobody who signs.
package struct IndexSignatures: Hashable, Codable, Sendable {
  /// The file of public keys, as clients get it beside each index.
  package let publicKey: String
  /// By repository.
  private let signatures: [String: Signature]

  private struct Signature: Hashable, Codable {
    /// Of what was signed.
    let sha256: Checksum
    let text: String
  }

  /// Has `indexes` signed.
  ///
  /// Throws what `DocumentSigner.signature(of:named:)` throws.
  package init(of indexes: RepositoryIndexes, in tree: TreeName, by signer: DocumentSigner) throws {
    publicKey = try signer.publicKeyText()
    // Repositories that list nothing are often the same.
    var known: [Checksum: String] = [:]
    var signatures: [String: Signature] = [:]
    for (repository, bytes) in indexes.documents.sorted(by: { $0.key < $1.key }) {
      let sha256 = Checksum(of: bytes)
      let path = try RepositoryMetadata.repomdPath(of: repository)
      let text =
        try known[sha256] ?? signer.signature(of: bytes, named: "\(tree)/\(path)")
      known[sha256] = text
      signatures[repository.description] = Signature(sha256: sha256, text: text)
    }
    self.signatures = signatures
  }

  /// The signature of the index of one repository; nil where it has none.
  package func signature(of repository: RelativePath) -> String? {
    signatures[repository.description]?.text
  }

  /// The signature of `repomd`; throws `failed` where something else was signed.
  func signature(of repomd: [UInt8], in repository: RelativePath) throws -> String {
    guard let signature = signatures[repository.description],
      signature.sha256 == Checksum(of: repomd)
    else {
      throw ComposeError(
        .failed, "\(repository)/repodata/repomd.xml", "it is not the one that was signed",
        remedy: "Find out what else changes the tree, then run the command again")
    }
    return signature.text
  }
}
