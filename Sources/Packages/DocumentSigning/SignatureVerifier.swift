import Glibc
import OpenPGPKeys
package import ReleaseModel

/// Verifies detached signatures by the keys of some files: the one place that does.
package struct SignatureVerifier: Sendable {
  /// Whose signatures count.
  package let certificates: [Certificate]

  /// Throws `badData` where the keys cannot be used.
  ///
  /// - Parameters:
  ///   - publicKeys: the file's contents, in ASCII armour.
  ///   - file: its path, for messages.
  package init(publicKeys: [UInt8], file: String) throws {
    certificates = try KeyFile.certificates(of: [(file, publicKeys)])
  }

  /// The key with this fingerprint or id; nil where the files do not have it.
  package func key(_ name: String) -> Certificate.Key? {
    certificates.lazy.flatMap(\.keys).first { $0.fingerprint.hasSuffix(name) }
  }

  /// Who made a signature that holds now; of several, the first.
  ///
  /// Throws ``SignatureProblem`` where it does not hold.
  ///
  /// - Parameters:
  ///   - signature: armoured, detached.
  ///   - bytes: what it must be over.
  package func verify(_ signature: [UInt8], over bytes: [UInt8]) throws -> VerifiedSignature {
    do {
      let signers = try DetachedSignature.verify(
        bytes, signature: signature, certificates: certificates, at: Int(time(nil)))
      guard let signer = signers.first else { throw SignatureProblem.unreadable }
      return VerifiedSignature(fingerprint: signer.key, made: signer.made)
    } catch let flaw as SignatureFlaw {
      throw SignatureProblem(flaw)
    }
  }
}

extension SignatureProblem {
  fileprivate init(_ flaw: SignatureFlaw) {
    switch flaw {
    case .none, .malformed, .unsupported: self = .unreadable
    case .unknownKey(let key): self = .unknownKey(key)
    case .revokedKey(let key, _): self = .revokedKey(key)
    case .expiredKey(let key, _): self = .expiredKey(key)
    case .notForSigning(let key): self = .notForSigning(key)
    case .bad: self = .otherBytes
    case .expired: self = .expired
    case .fromFuture(let key): self = .fromFuture(key)
    case .weakHash(_, let hash): self = .weakHash(hash)
    }
  }
}
