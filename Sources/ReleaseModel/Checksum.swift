/// A SHA-256, the only checksum that this program records.
package struct Checksum: Hashable, Sendable {
  /// 64 lower-case hexadecimal digits.
  package let hex: String

  /// Nil unless `hex` is 64 hexadecimal digits.
  package init?(hex: String) {
    let lowered = hex.lowercased()
    guard lowered.utf8.count == 64,
      lowered.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.hex = lowered
  }

  /// From the bytes of a digest.
  package init(digest: some Sequence<UInt8>) {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    hex = String(decoding: text, as: UTF8.self)
  }
}

extension Checksum: CustomStringConvertible {
  package var description: String { hex }
}

extension Checksum: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let checksum = Checksum(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not the 64 hexadecimal digits of a SHA-256")
    }
    self = checksum
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
