/// One OpenPGP packet: RFC 4880, section 4.
struct Packet {
  enum Kind: UInt8 {
    case signature = 2
    case publicKey = 6
    case publicSubkey = 14
  }

  /// Nil for kinds that are of no concern here.
  let kind: Kind?
  let body: ArraySlice<UInt8>
  /// The packet with its header.
  let whole: ArraySlice<UInt8>
}

/// Splits bytes into packets.
struct PacketReader: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next packet; nil at the end, and where the bytes make no sense.
  mutating func next() -> Packet? {
    guard let first = rest.first, first & 0x80 != 0 else { return nil }
    let isNew = first & 0x40 != 0
    let tag = isNew ? first & 0x3F : (first >> 2) & 0x0F
    let found = isNew ? newLength() : oldLength(type: first & 0x03)
    guard let (header, length) = found, rest.count >= header + length else { return nil }
    let start = rest.startIndex
    let whole = rest[start..<start + header + length]
    rest = rest[whole.endIndex...]
    return Packet(kind: Packet.Kind(rawValue: tag), body: whole.dropFirst(header), whole: whole)
  }

  /// Lengths of the header and of the body, section 4.2.2; none for a body in
  /// parts, which keys never have.
  private func newLength() -> (header: Int, body: Int)? {
    let bytes = Array(rest.prefix(6))
    guard bytes.count > 1 else { return nil }
    switch bytes[1] {
    case ..<192: return (2, Int(bytes[1]))
    case 192..<224 where bytes.count > 2:
      return (3, (Int(bytes[1]) - 192) << 8 + Int(bytes[2]) + 192)
    case 255 where bytes.count > 5: return (6, bytes[2...5].bigEndian)
    default: return nil
    }
  }

  /// The same for the old form, section 4.2.1.
  private func oldLength(type: UInt8) -> (header: Int, body: Int)? {
    let bytes = Array(rest.prefix(5))
    switch type {
    case 0 where bytes.count > 1: return (2, Int(bytes[1]))
    case 1 where bytes.count > 2: return (3, bytes[1...2].bigEndian)
    case 2 where bytes.count > 4: return (5, bytes[1...4].bigEndian)
    default: return nil
    }
  }
}

/// What a signature on a key says of it: section 5.2, version 4 alone.
struct KeySignature {
  enum Kind: UInt8 {
    case generic = 0x10
    case persona = 0x11
    case casual = 0x12
    case positive = 0x13
    case subkeyBinding = 0x18
    case direct = 0x1F
    case keyRevocation = 0x20
    case subkeyRevocation = 0x28
  }

  let kind: Kind
  /// Seconds since 1970; 0 where it does not say.
  private(set) var created = 0
  /// Seconds after the key was made; nil where it does not expire.
  private(set) var lifetime: Int?
  /// The key that made it; nil where it does not say.
  private(set) var issuer: String?

  /// Nil for a signature of another kind or version.
  init?(_ body: ArraySlice<UInt8>) {
    let bytes = Array(body)
    guard bytes.count > 6, bytes[0] == 4, let kind = Kind(rawValue: bytes[1]) else { return nil }
    self.kind = kind
    let hashed = bytes[4...5].bigEndian
    guard bytes.count >= 8 + hashed else { return nil }
    read(bytes[6..<6 + hashed], isHashed: true)
    let unhashed = bytes[(6 + hashed)...(7 + hashed)].bigEndian
    guard bytes.count >= 8 + hashed + unhashed else { return nil }
    read(bytes[(8 + hashed)..<(8 + hashed + unhashed)], isHashed: false)
  }

  /// Reads an area of subpackets, section 5.2.3.1. What is not hashed was not
  /// signed: of that, only who claims to be the issuer is heeded.
  private mutating func read(_ area: ArraySlice<UInt8>, isHashed: Bool) {
    var rest = area
    while let first = rest.first {
      let (header, length): (Int, Int)
      switch first {
      case ..<192: (header, length) = (1, Int(first))
      case 255 where rest.count > 4: (header, length) = (5, rest.dropFirst().prefix(4).bigEndian)
      case 192... where rest.count > 1:
        (header, length) = (
          2, (Int(first) - 192) << 8 + Int(rest.dropFirst().prefix(1).bigEndian) + 192
        )
      default: return
      }
      guard length > 0, rest.count >= header + length else { return }
      let packet = rest.dropFirst(header).prefix(length)
      // The highest bit only says whether it is critical.
      switch (packet.first ?? 0) & 0x7F {
      case 2 where isHashed && length == 5: created = packet.dropFirst().bigEndian
      case 9 where isHashed && length == 5:
        let seconds = packet.dropFirst().bigEndian
        lifetime = seconds == 0 ? nil : seconds
      case 16 where length == 9: issuer = packet.dropFirst().hexadecimal
      default: break
      }
      rest = rest.dropFirst(header + length)
    }
  }
}

extension Sequence<UInt8> {
  /// Most significant byte first.
  var bigEndian: Int { reduce(0) { $0 << 8 | Int($1) } }

  var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
