import ReleaseModel

/// Why a detached signature does not count.
package enum SignatureFlaw: Error, Hashable, Sendable {
  /// There is nothing in it.
  case none
  /// It is damaged, or no OpenPGP signature, or has something else beside it.
  case malformed
  /// Of a version, or by a key of a kind, that librnp does not know.
  case unsupported
  /// By a key that no certificate at hand has: its id, 16 hexadecimal digits.
  case unknownKey(String)
  /// By a key that was revoked, at that time: seconds since 1970.
  case revokedKey(String, at: Int)
  /// By a key whose time was over, since then: seconds since 1970.
  case expiredKey(String, since: Int)
  /// By a key that may encrypt or certify, but not sign data.
  case notForSigning(String)
  /// Other bytes were signed, or the signature was changed.
  case bad(String)
  /// The signature itself was to end before now.
  case expired(String)
  /// With a hash that is not taken.
  case weakHash(String, hash: String)

  /// The same words as in findings about RPMs.
  package var code: String {
    switch self {
    case .none: "unsigned"
    case .malformed: "unreadable-signature"
    case .unsupported: "unsupported-signature"
    case .unknownKey: "unknown-key"
    case .revokedKey: "revoked-key"
    case .expiredKey: "expired-key"
    case .notForSigning: "key-not-for-signing"
    case .bad: "bad-signature"
    case .expired: "expired-signature"
    case .weakHash: "weak-digest"
    }
  }

  /// A clause about the signature, such as `it is by 352c64e5…, which was revoked`.
  package var cause: String {
    switch self {
    case .none: "it is empty"
    case .malformed: "it is no intact OpenPGP signature"
    case .unsupported: "it is of a kind that librnp does not know"
    case .unknownKey(let id): "it is by \(id), which is none of the keys that it may be by"
    case .revokedKey(let id, let time):
      "it is by \(id), which was revoked on \(CalendarDate(secondsSince1970: time))"
    case .expiredKey(let id, let time):
      "it is by \(id), which expired on \(CalendarDate(secondsSince1970: time))"
    case .notForSigning(let id): "it is by \(id), which is no key for signing"
    case .bad(let id): "it is not the signature of these bytes by \(id)"
    case .expired(let id): "it is by \(id), and was to hold for a time that is over"
    case .weakHash(let id, let hash): "it is by \(id) with \(hash), which is too weak"
    }
  }
}
