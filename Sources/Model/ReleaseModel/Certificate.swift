/// An OpenPGP certificate: a primary key, its subkeys, and what its own signatures say
/// of them. RFC 9580, section 10.1.
package struct Certificate: Hashable, Sendable {
  /// The key that the others are bound to.
  package let primary: Key
  /// Those that the primary key has bound to itself, revoked and expired ones as well.
  package let subkeys: [Key]
  /// Such as `Fedora EPEL (7) <epel@fedoraproject.org>`; the primary one first.
  package let userIDs: [String]
  /// The files that it was read from.
  package let files: [String]
  /// What other libraries are given: binary, without the subkeys that were revoked,
  /// because librpm 4.18 refuses a certificate whole for one of them.
  package let bytes: [UInt8]

  /// Fields as the reader of key files has them.
  package init(
    primary: Key, subkeys: [Key], userIDs: [String], files: [String], bytes: [UInt8]
  ) {
    self.primary = primary
    self.subkeys = subkeys
    self.userIDs = userIDs
    self.files = files
    self.bytes = bytes
  }

  /// The primary key, then the subkeys.
  package var keys: [Key] { [primary] + subkeys }

  /// The key of that id, the last 16 digits of its fingerprint.
  package func key(id: String) -> Key? { keys.first { $0.id == id } }
}

extension Certificate {
  /// A primary key or a subkey.
  package struct Key: Hashable, Sendable {
    /// 40 lower-case hexadecimal digits.
    package let fingerprint: String
    /// Its kind.
    package let algorithm: Algorithm
    /// Such as `Ed25519` or `NIST P-256`; nil for one that has none.
    package let curve: String?
    /// Length of the key.
    package let bits: Int
    /// Whether signatures on data may be by it.
    package let canSign: Bool
    /// Seconds since 1970.
    package let created: Int
    /// When it ends, seconds since 1970; nil where it does not. No subkey outlives its
    /// primary key.
    package let expires: Int?
    /// When it was revoked, seconds since 1970; nil where it was not. Whoever has a
    /// revoked primary key has no other.
    package let revoked: Int?

    /// Fields as its certificate has them.
    package init(
      fingerprint: String, algorithm: Algorithm, curve: String?, bits: Int, canSign: Bool,
      created: Int, expires: Int?, revoked: Int?
    ) {
      self.fingerprint = fingerprint
      self.algorithm = algorithm
      self.curve = curve
      self.bits = bits
      self.canSign = canSign
      self.created = created
      self.expires = expires
      self.revoked = revoked
    }

    /// The end of its fingerprint, by which signatures name it: 16 lower-case
    /// hexadecimal digits.
    package var id: String { String(fingerprint.suffix(16)) }

    /// What stands against it at `time`, seconds since 1970; nil for a key that counts.
    ///
    /// One that was revoked does not count at any time: the owner may have lost it
    /// before they noticed.
    package func flaw(at time: Int) -> KeyFlaw? {
      if let revoked { return .revoked(revoked) }
      if let expires, expires <= time { return .expired(expires) }
      return nil
    }

    /// Such as `expires on 2027-03-01, in 30 days`, of a key that ends within `seconds` after
    /// `time`; nil for one that ends later, or not at all.
    package func expiry(within seconds: Int, at time: Int) -> String? {
      guard let expires, expires <= time.addingClamped(seconds) else { return nil }
      let days = (expires - time) / 86_400
      return "expires on \(CalendarDate(secondsSince1970: expires)), "
        + (days == 0 ? "within a day" : "in \(days.counted("day"))")
    }
  }

  /// Kinds of public keys: RFC 9580, section 9.1.
  package enum Algorithm: String, Hashable, Sendable {
    /// Signs and encrypts; every client knows it.
    case rsa = "RSA"
    /// Signs; every client knows it, rpm 6 no longer takes it.
    case dsa = "DSA"
    /// Signs over curves such as NIST P-256.
    case ecdsa = "ECDSA"
    /// Signs over Ed25519 or Ed448.
    case eddsa = "EdDSA"
    /// Encrypts, or is of a kind that does not matter to signatures.
    case other = "other"
  }
}

/// Why a key does not make its signatures count.
package enum KeyFlaw: Hashable, Sendable {
  /// Since then, seconds since 1970.
  case expired(Int)
  /// By its owner, at that time, seconds since 1970; it does not count before either.
  case revoked(Int)
}
