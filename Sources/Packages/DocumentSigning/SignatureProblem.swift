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
  /// The key is one for other things: this one.
  case notForSigning(String)
  /// The signature itself was only valid for a time.
  case expired
  /// It says that it was made more than a day after now, by this key.
  case fromFuture(String)
  /// It uses a hash that is too weak: this one.
  case weakHash(String)

  /// The key that stands in the way; nil where it is something else.
  package var key: String? {
    switch self {
    case .unknownKey(let key): key
    case .otherKey(let key), .expiredKey(let key), .revokedKey(let key), .notForSigning(let key),
      .fromFuture(let key):
      key
    case .unreadable, .otherBytes, .expired, .weakHash: nil
    }
  }

  /// Whether it held when it was made, as far as this tells.
  package var isAboutTime: Bool {
    switch self {
    case .expired, .expiredKey: true
    default: false
    }
  }

  /// In words that go on after a colon.
  package func cause(for settings: MetadataSigning) -> String {
    if case .otherKey(let key) = self { return "it is by the key \(key), not by \(settings.key)" }
    return cause(file: settings.publicKey)
  }

  /// The same.
  ///
  /// - Parameter file: of public keys.
  package func cause(file: String) -> String {
    switch self {
    case .unreadable: "it is no OpenPGP signature"
    case .otherBytes: "it is not over these bytes, or was changed"
    case .unknownKey(let id):
      "it is by \(id.map { "the key \($0)" } ?? "a key"), which is not in '\(file)'"
        .sanitizedForDisplay
    case .otherKey(let key): "it is by the key \(key)"
    case .expiredKey(let key): "the key \(key) has expired"
    case .revokedKey(let key): "the key \(key) was revoked"
    case .notForSigning(let key): "the key \(key) is not for signing"
    case .expired: "it has expired"
    case .fromFuture(let key): "it is by the key \(key), and says that it was made after now"
    case .weakHash(let hash): "it uses \(hash), which is too weak"
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
    case .revokedKey, .notForSigning: "Sign with another key"
    case .expired: "Let it make signatures that do not expire"
    case .fromFuture: "Set the clocks of this machine and of the one that signs"
    case .weakHash: "Let it sign with SHA-256 or a stronger hash"
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
