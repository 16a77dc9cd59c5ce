import ComposePolicy
package import ComposeStream
import Digests
package import DocumentSigning
package import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// What signatures of a tree's indexes are worth.
package struct IndexVerification {
  /// As the tree has them: as they were recorded.
  private let manifest: Manifest
  private let tree: Directory
  private let verifier: SignatureVerifier

  /// One repository.
  package enum State: Hashable, Sendable {
    /// It never had a signature.
    case unsigned
    /// A file that was beside repomd.xml is not there any more.
    case stripped(RelativePath)
    /// The signature does not hold.
    case broken(SignatureProblem)
    /// The signature holds.
    case signed(VerifiedSignature)
  }

  /// - Parameters:
  ///   - manifest: what the tree says that it has.
  ///   - verifier: by which keys.
  package init(_ tree: Directory, _ manifest: Manifest, by verifier: SignatureVerifier) {
    self.tree = tree
    self.manifest = manifest
    self.verifier = verifier
  }

  /// The state of one repository, as its files are now.
  ///
  /// Throws what reading them throws.
  package func state(of repository: RelativePath) throws -> State {
    let paths = try RepositoryMetadata.signaturePaths(of: repository)
    let isThere = try paths.map { try tree.status(of: $0)?.kind == .file }
    let wasThere = paths.map { manifest.checksums[$0] != nil }
    if let gone = paths.indices.first(where: { wasThere[$0] && !isThere[$0] }) {
      return .stripped(paths[gone])
    }
    guard let missing = isThere.firstIndex(of: false) else {
      let files = try IndexFiles(of: repository, in: tree)
      do {
        return .signed(
          try verifier.verify(files.signed?.signature ?? [], over: files.repomd))
      } catch let problem as SignatureProblem {
        return .broken(problem)
      }
    }
    return isThere.contains(true) ? .stripped(paths[missing]) : .unsigned
  }

  /// Whether the files beside one index are as the tree's manifest has them.
  package func isAsRecorded(_ repository: RelativePath) throws -> Bool {
    try RepositoryMetadata.indexPaths(of: repository).allSatisfy { path in
      try tree.openFile(path).sha256() == manifest.checksums[path]
    }
  }
}

extension StreamContext {
  /// Those of `trees` that have an index without a signature by the policy's key, or without
  /// the public keys that clients shall have now; none where the policy has nothing signed.
  ///
  /// Throws what keeps the keys from being read.
  package func unsignedTrees(among trees: [TreeRecord]) throws -> Set<TreeName> {
    guard let signer else { return [] }
    let key = Checksum(of: try signer.publicKey())
    let verifier = try signer.verifier()
    return Set(
      try trees.filter { record in
        let tree = try locations.open(record)
        let manifest = try tree.manifest().manifest
        let verification = IndexVerification(tree, manifest, by: verifier)
        return try !repositories(of: record.name, manifest).allSatisfy { repository in
          guard try manifest.checksums[RepositoryMetadata.publicKeyPath(of: repository)] == key,
            case .signed(let signature) = try verification.state(of: repository)
          else { return false }
          return signature.isBy(signer.settings.key)
        }
      }.map(\.name))
  }
}
