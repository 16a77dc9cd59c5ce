import Glibc

/// An address of the Internet Protocol. One of version 4 that is written as one of
/// version 6 (`::ffff:192.0.2.1`) is the one of version 4.
package enum IPAddress: Hashable, Sendable {
  /// In the order of the host: 192.0.2.1 is 0xC0000201.
  case v4(UInt32)
  /// In the order of the host.
  case v6(UInt128)

  /// Nil for anything but one address, without zone and without spaces.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
    let text = String(text)
    var four: UInt32 = 0
    if inet_pton(AF_INET, text, &four) == 1 {
      self = .v4(UInt32(bigEndian: four))
      return
    }
    var six: UInt128 = 0
    guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
    self.init(six: UInt128(bigEndian: six))
  }

  /// Of the 16 bytes of an address of version 6.
  package init(six: UInt128) {
    self = six >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: six)) : .v6(six)
  }
}

extension IPAddress: CustomStringConvertible {
  /// As RFC 5952 writes it.
  package var description: String {
    var text = [CChar](repeating: 0, count: 46)
    switch self {
    case .v4(let number):
      var address = number.bigEndian
      inet_ntop(AF_INET, &address, &text, UInt32(text.count))
    case .v6(let number):
      var bytes = number.bigEndian
      inet_ntop(AF_INET6, &bytes, &text, UInt32(text.count))
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Addresses that begin alike: `192.0.2.0/24`.
package struct NetworkPrefix: Hashable, Sendable {
  /// The first address.
  package let address: IPAddress
  /// Bits that are alike: at most 32 or 128.
  package let length: Int

  /// Bits of `address` behind `length` are zeros.
  init(address: IPAddress, length: Int) {
    self.address = address
    self.length = length
  }

  /// A prefix, or an address alone; bits behind the prefix are of no meaning. Nil for
  /// other text.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { return nil }
    var length: Int?
    if parts.count == 2 {
      guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(parts[1])
      else { return nil }
      length = number
    }
    switch address {
    case .v4(let number):
      var bits = length ?? 32
      // `::ffff:192.0.2.0/120` is `192.0.2.0/24`.
      if bits >= 96, first.utf8.contains(UInt8(ascii: ":")) { bits -= 96 }
      guard bits <= 32 else { return nil }
      self.address = .v4(bits == 0 ? 0 : number & ~(UInt32.max >> UInt32(bits)))
      self.length = bits
    case .v6(let number):
      let bits = length ?? 128
      guard bits <= 128 else { return nil }
      self.address = .v6(bits == 0 ? 0 : number & ~(UInt128.max >> UInt128(bits)))
      self.length = bits
    }
  }

  /// Whether `other` begins like this prefix.
  package func contains(_ other: IPAddress) -> Bool {
    switch (address, other) {
    case (.v4(let own), .v4(let number)):
      length == 0 || (own ^ number) >> UInt32(32 - length) == 0
    case (.v6(let own), .v6(let number)):
      length == 0 || (own ^ number) >> UInt128(128 - length) == 0
    default: false
    }
  }
}
