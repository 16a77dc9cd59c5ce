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
  /// Throws ``SignatureFlaw`` where it does not hold.
  ///
  /// - Parameters:
  ///   - signature: armoured, detached.
  ///   - bytes: what it must be over.
  package func verify(_ signature: [UInt8], over bytes: [UInt8]) throws -> VerifiedSignature {
    let signers = try DetachedSignature.verify(
      bytes, signature: signature, certificates: certificates, at: Int(time(nil)))
    guard let signer = signers.first else { throw SignatureFlaw.none }
    return VerifiedSignature(fingerprint: signer.key, made: signer.made)
  }
}
