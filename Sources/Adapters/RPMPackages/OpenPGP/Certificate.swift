import Digests

/// A public key with its subkeys, and what its own signatures say of them.
///
/// librpm 4.18 looks neither at the expiry nor at the revocation of a key, and
/// refuses a certificate whole if one of its subkeys was revoked. The key file
/// is trusted because the policy names it: its own signatures are read, not
/// verified.
struct Certificate {
  /// What librpm is given: all but the subkeys that were revoked.
  private(set) var bytes: [UInt8] = []
  private(set) var keys: [Key] = []

  struct Key {
    /// 16 lower-case hexadecimal digits.
    let id: String
    /// Seconds since 1970.
    let created: Int
    fileprivate(set) var isRevoked = false
    /// When it ends, seconds since 1970; nil where it does not.
    fileprivate(set) var expires: Int?
    /// Age of the signature that said so: a newer one counts.
    fileprivate var saidAt = -1
  }

  /// The certificates in `bytes`, one after the other.
  static func all(in bytes: [UInt8]) -> [Certificate] {
    var groups: [[Packet]] = []
    for packet in PacketReader(bytes) {
      if packet.kind == .publicKey { groups.append([]) }
      if !groups.isEmpty { groups[groups.count - 1].append(packet) }
    }
    return groups.map { Certificate($0) }
  }

  private init(_ packets: [Packet]) {
    // The main key with its names, then each subkey with its signatures.
    var parts: [[Packet]] = [[]]
    for packet in packets {
      if packet.kind == .publicSubkey { parts.append([]) }
      parts[parts.count - 1].append(packet)
    }
    var main: Key?
    for part in parts {
      guard let first = part.first, var key = Self.key(first.body) else { continue }
      for packet in part where packet.kind == .signature {
        guard let signature = KeySignature(packet.body) else { continue }
        key.heed(signature, ofCertificate: main?.id ?? key.id)
      }
      if main == nil { main = key }
      let isDead = key.isRevoked && main?.id != key.id
      if !isDead { bytes += part.flatMap { Array($0.whole) } }
      keys.append(key)
    }
    guard let main else { return }
    // Nothing outlives the main key.
    for index in keys.indices {
      keys[index].isRevoked = keys[index].isRevoked || main.isRevoked
      keys[index].expires = [keys[index].expires, main.expires].compactMap { $0 }.min()
    }
  }

  /// Nil for a key of another version than 4.
  private static func key(_ body: ArraySlice<UInt8>) -> Key? {
    guard body.first == 4, body.count > 6 else { return nil }
    // The key's id is the end of its fingerprint: RFC 4880, section 12.2.
    let digest = MessageDigest(.sha1)
    digest.update([0x99, UInt8(body.count >> 8 & 0xFF), UInt8(body.count & 0xFF)])
    digest.update(Array(body))
    return Key(
      id: digest.finish().suffix(8).hexadecimal, created: body.dropFirst().prefix(4).bigEndian)
  }
}

extension Certificate.Key {
  /// - Parameter main: id of the main key: others may sign a key as well, and
  ///   have no say in this.
  fileprivate mutating func heed(_ signature: KeySignature, ofCertificate main: String) {
    guard signature.issuer == nil || signature.issuer == main else { return }
    switch signature.kind {
    case .keyRevocation, .subkeyRevocation: isRevoked = true
    case .generic, .persona, .casual, .positive, .direct, .subkeyBinding:
      guard signature.created >= saidAt else { return }
      saidAt = signature.created
      expires = signature.lifetime.map { created + $0 }
    }
  }
}
