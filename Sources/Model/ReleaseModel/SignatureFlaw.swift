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
  /// By one of these keys, but not the one that it must be by.
  case otherKey(String)
  /// By a key that was revoked, at that time: seconds since 1970.
  case revokedKey(String, at: Int)
  /// By a key whose time was over, since then: seconds since 1970.
  case expiredKey(String, since: Int)
  /// By a key that may encrypt or certify, but not sign data.
  case notForSigning(String)
  /// Other bytes were signed, or the signature was changed; the key that it says.
  case otherBytes(String)
  /// The signature itself was to end before now; its key.
  case expired(String)
  /// It says that it was made more than a day after now; its key.
  case fromFuture(String)
  /// With a hash that is not taken; its key.
  case weakHash(String, hash: String)

  /// The key that stands in the way; nil where it is something else.
  package var key: String? {
    switch self {
    case .unknownKey(let key), .otherKey(let key), .revokedKey(let key, _),
      .expiredKey(let key, _), .notForSigning(let key), .fromFuture(let key):
      key
    case .none, .malformed, .unsupported, .otherBytes, .expired, .weakHash: nil
    }
  }

  /// What a flaw says of the place that serves the signature, in the words of
  /// `mirrors status` and `verify --against`.
  package enum Meaning: String, Sendable {
    /// There is no signature.
    case stripped
    /// Somebody else's document, or a document that was changed.
    case forged
    /// By a key that does not count.
    case otherKey = "other-key"
    /// Its time is over.
    case expired
  }

  /// The flaw as one of these.
  package var meaning: Meaning {
    switch self {
    case .none, .malformed, .unsupported: .stripped
    case .otherBytes, .weakHash, .fromFuture: .forged
    case .unknownKey, .otherKey, .expiredKey, .revokedKey, .notForSigning: .otherKey
    case .expired: .expired
    }
  }

  /// Whether it held when it was made, as far as this tells.
  package var isAboutTime: Bool {
    switch self {
    case .expired, .expiredKey: true
    default: false
    }
  }

  /// A clause about the signature, such as `it is by the key 6a2faea2352c64e5, which was
  /// revoked on 2019-06-01`.
  ///
  /// - Parameter document: what it should be over.
  package func cause(over document: String = "these bytes") -> String {
    switch self {
    case .none, .malformed: "it is no OpenPGP signature"
    case .unsupported: "it is of a kind that librnp does not know"
    case .unknownKey(let key): "it is by the key \(key), which is not trusted"
    case .otherKey(let key): "it is by the key \(key)"
    case .revokedKey(let key, let time):
      "it is by the key \(key), which was revoked on \(CalendarDate(secondsSince1970: time))"
    case .expiredKey(let key, let time):
      "it is by the key \(key), which expired on \(CalendarDate(secondsSince1970: time))"
    case .notForSigning(let key): "it is by the key \(key), which is not for signing"
    case .otherBytes: "it is not over \(document), or was changed"
    case .expired: "it has expired"
    case .fromFuture(let key): "it is by the key \(key), and says that it was made after now"
    case .weakHash(_, let hash): "it uses \(hash), which is too weak"
    }
  }
}
