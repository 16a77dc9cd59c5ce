import Glibc

/// Who asked: an address as a log has it.
struct ClientAddress {
  /// Stands for the client in tables.
  let hash: UInt64
  /// What ``NetworkName`` makes a name of: the first 24 bits of IPv4, the first 48 of
  /// IPv6.
  let network: UInt64

  @inline(__always)
  init(hash: UInt64, network: UInt64) {
    self.hash = hash
    self.network = network
  }

  @inline(__always)
  init(version4 address: UInt32) {
    hash = ByteHash.mixed(UInt64(address), 4)
    network = NetworkName.version4 | UInt64(address >> 8)
  }

  /// From the dotted form of IPv4 that `slice` is as a whole; nil for anything else.
  /// ``DottedAddress/readable`` bytes can be read where it begins: the time of the line, and more,
  /// follows any address.
  @inline(__always)
  static func version4(_ slice: LogSlice) -> UInt32? {
    guard let read = DottedAddress.read(slice.start), read.count == slice.count else { return nil }
    return read.address
  }

  /// From IPv6; nil for anything else. What is IPv4 in the form of IPv6 is IPv4.
  static func version6(_ slice: LogSlice) -> ClientAddress? {
    guard slice.count >= 2, slice.count < 46, slice.index(of: UInt8(ascii: ":")) != nil else {
      return nil
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { buffer in
      guard let text = buffer.baseAddress else { return nil }
      memcpy(text, slice.start, slice.count)
      text[slice.count] = 0
      var address = in6_addr()
      guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
      return withUnsafeBytes(of: &address) { bytes in
        let high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        if high == 0, low >> 32 == 0xFFFF {
          return ClientAddress(version4: UInt32(truncatingIfNeeded: low))
        }
        return ClientAddress(
          hash: ByteHash.mixed(high, low), network: NetworkName.version6 | high >> 16)
      }
    }
  }

  /// From the first field of a line: an address, or the name that the server looked up; see
  /// ``version4(_:)``.
  @inline(__always)
  static func of(_ slice: LogSlice) -> ClientAddress {
    if let address = version4(slice) { return ClientAddress(version4: address) }
    return ofOther(slice)
  }

  @inline(never)
  private static func ofOther(_ slice: LogSlice) -> ClientAddress {
    version6(slice)
      ?? ClientAddress(hash: ByteHash.mixed(slice.hash, 0), network: NetworkName.names)
  }
}

/// Networks as numbers: what of an address is the network, and of which kind it is.
enum NetworkName {
  static let version4: UInt64 = 1 << 60
  static let version6: UInt64 = 2 << 60
  /// All clients that the log has by name.
  static let names: UInt64 = 3 << 60

  /// Such as `192.0.2.0/24`, `2001:db8:1::/48`.
  static func text(_ network: UInt64) -> String {
    switch network >> 60 {
    case 1: "\(network >> 16 & 255).\(network >> 8 & 255).\(network & 255).0/24"
    case 2:
      [32, 16, 0].map { String(network >> UInt64($0) & 0xFFFF, radix: 16) }.joined(separator: ":")
        + "::/48"
    default: "clients by name"
    }
  }
}
