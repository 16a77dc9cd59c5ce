/// One OpenPGP packet: RFC 9580, section 4.
///
/// Only for what no library tells: why librpm cannot read a signature of an RPM. librnp
/// says no more than librpm of a version that it does not know.
struct SignaturePacket {
  let body: ArraySlice<UInt8>
  /// Length of the packet with its header.
  let count: Int

  /// The packet that `bytes` begin with; nil where it is no signature, or makes no sense.
  init?(_ bytes: [UInt8]) {
    guard let first = bytes.first, first & 0x80 != 0 else { return nil }
    let isNew = first & 0x40 != 0
    let tag = isNew ? first & 0x3F : (first >> 2) & 0x0F
    let found = isNew ? Self.newLength(bytes) : Self.oldLength(bytes, type: first & 0x03)
    // 2 is the tag of signatures.
    guard tag == 2, let (header, length) = found, bytes.count >= header + length else {
      return nil
    }
    body = bytes[header..<header + length]
    count = header + length
  }

  /// Lengths of the header and of the body, section 4.2.1; none for a body in parts,
  /// which signatures never have.
  private static func newLength(_ bytes: [UInt8]) -> (header: Int, body: Int)? {
    guard bytes.count > 1 else { return nil }
    switch bytes[1] {
    case ..<192: return (2, Int(bytes[1]))
    case 192..<224 where bytes.count > 2:
      return (3, (Int(bytes[1]) - 192) << 8 + Int(bytes[2]) + 192)
    case 255 where bytes.count > 5: return (6, bytes[2...5].bigEndian)
    default: return nil
    }
  }

  /// The same for the old form, section 4.2.2.
  private static func oldLength(_ bytes: [UInt8], type: UInt8) -> (header: Int, body: Int)? {
    switch type {
    case 0 where bytes.count > 1: (2, Int(bytes[1]))
    case 1 where bytes.count > 2: (3, bytes[1...2].bigEndian)
    case 2 where bytes.count > 4: (5, bytes[1...4].bigEndian)
    default: nil
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
