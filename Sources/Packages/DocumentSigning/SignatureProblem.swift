package import ComposePolicy
import ReleaseModel

/// Why a signature does not count.
package enum SignatureProblem: Error, Hashable, Sendable {
  /// It is no OpenPGP signature.
  case unreadable
  /// It is not over these bytes.
  case otherBytes
  /// None of the public keys made it; the id of the one that did, where it says so.
  case unknownKey(String?)
  /// It is by another of the public keys than the one that the policy names: this one.
  case otherKey(String)
  /// The key has expired: this one.
  case expiredKey(String)
  /// The key was revoked: this one.
  case revokedKey(String)
  /// The signature itself was only valid for a time.
  case expired

  /// In words that go on after a colon.
  package func cause(for settings: MetadataSigning) -> String {
    switch self {
    case .unreadable: "it is no OpenPGP signature"
    case .otherBytes: "it is not over these bytes, or was changed"
    case .unknownKey(let id):
      "it is by \(id.map { "the key \($0)" } ?? "a key"), which is not in '\(settings.publicKey)'"
        .sanitizedForDisplay
    case .otherKey(let key): "it is by the key \(key), not by \(settings.key)"
    case .expiredKey(let key): "the key \(key) has expired"
    case .revokedKey(let key): "the key \(key) was revoked"
    case .expired: "it has expired"
    }
  }

  /// What to do about it.
  package func remedy(for settings: MetadataSigning) -> String {
    switch self {
    case .unreadable: "Let it print an armoured detached signature"
    case .otherBytes: "Let it sign exactly the bytes that it reads"
    case .unknownKey, .otherKey:
      "Let it sign with that key, or correct 'signing.metadata' in the policy"
    case .expiredKey:
      "Extend the key and export it to '\(settings.publicKey)' again, or sign with another one"
        .sanitizedForDisplay
    case .revokedKey: "Sign with another key"
    case .expired: "Let it make signatures that do not expire"
    }
  }
}

/// A signature that holds.
package struct VerifiedSignature: Hashable, Sendable {
  /// The key or subkey that made it: 40 lower-case hexadecimal digits.
  package let fingerprint: String
  /// When, seconds since 1970.
  package let made: Int

  /// Whether the key is the one that a policy names by its fingerprint or id.
  package func isBy(_ key: String) -> Bool { fingerprint.hasSuffix(key) }
}
