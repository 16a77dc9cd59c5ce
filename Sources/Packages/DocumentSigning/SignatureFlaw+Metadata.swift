package import ComposePolicy
package import ReleaseModel

extension SignatureFlaw {
  /// Why a signature that the policy's key should have made does not count.
  package func cause(for settings: MetadataSigning) -> String {
    if case .otherKey(let key) = self { return "it is by the key \(key), not by \(settings.key)" }
    return cause(file: settings.publicKey)
  }

  /// The same of one that any key of `file` may have made.
  package func cause(file: String) -> String {
    if case .unknownKey(let key) = self {
      return "it is by the key \(key), which is not in '\(file)'".sanitizedForDisplay
    }
    return cause()
  }

  /// What to do about it.
  package func remedy(for settings: MetadataSigning) -> String {
    switch self {
    case .none, .malformed, .unsupported: "Let it print an armoured detached signature"
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
