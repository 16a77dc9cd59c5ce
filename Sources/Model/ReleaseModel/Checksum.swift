/// A SHA-256, the only checksum that this program records.
///
/// Tens of thousands are in memory at once: the 32 bytes lie in the value, and
/// the text is made when somebody asks.
package struct Checksum: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Bytes of a SHA-256.
  package static let byteCount = 32

  /// Nil unless `hex` is 64 hexadecimal digits.
  package init?(hex: String) {
    var hex = hex
    guard let parsed = hex.withUTF8({ Checksum(hex: $0[...]) }) else { return nil }
    self = parsed
  }

  /// Nil unless `hex` is 64 hexadecimal digits in ASCII.
  package init?(hex: Slice<UnsafeBufferPointer<UInt8>>) {
    let digits = UnsafeBufferPointer(rebasing: hex)
    guard digits.count == 2 * Self.byteCount else { return nil }
    var isHex = true
    func word(_ index: Int) -> UInt64 {
      var number: UInt64 = 0
      for digit in digits[16 * index..<16 * index + 16] {
        if let value = Self.value(of: digit) {
          number = number << 4 | UInt64(value)
        } else {
          isHex = false
        }
      }
      return number
    }
    words = (word(0), word(1), word(2), word(3))
    if !isHex { return nil }
  }

  /// From the 32 bytes of a digest; what is missing counts as zero.
  package init(digest: [UInt8]) {
    self = digest.withUnsafeBytes { Checksum(digest: $0) }
  }

  /// From the 32 bytes of a digest; what is missing counts as zero.
  package init(digest: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt64 {
      guard digest.count >= 8 * index + 8 else { return 0 }
      return UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3))
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }

  /// The 32 bytes of the digest.
  package var bytes: [UInt8] { withBytes { Array($0) } }

  /// Hands the 32 bytes of the digest to `body`.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let bigEndian = (
      words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
    )
    return withUnsafeBytes(of: bigEndian, body)
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String {
    String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
      writeHex(to: buffer)
      return 2 * Self.byteCount
    }
  }

  /// Writes the 64 digits of ``hex`` to the beginning of `buffer`.
  package func writeHex(to buffer: UnsafeMutableBufferPointer<UInt8>) {
    var index = 0
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
        buffer[index] = digit < 10 ? 48 + digit : 87 + digit
        index += 1
      }
    }
  }

  /// Equal when all 32 bytes are.
  package static func == (lhs: Checksum, rhs: Checksum) -> Bool { lhs.words == rhs.words }

  /// By the first bytes: those of a SHA-256 are spread evenly.
  package func hash(into hasher: inout Hasher) {
    // The bytes of a digest are spread evenly, so a part of them serves as
    // hash.
    hasher.combine(words.0)
  }
}

extension Checksum: Comparable {
  /// In the order of the bytes, which is that of ``hex``.
  package static func < (lhs: Checksum, rhs: Checksum) -> Bool { lhs.words < rhs.words }
}

extension Checksum: CustomStringConvertible {
  /// As ``hex``.
  package var description: String { hex }
}

extension Checksum: Codable {
  /// From a JSON string of 64 hexadecimal digits.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let checksum = Checksum(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not the 64 hexadecimal digits of a SHA-256")
    }
    self = checksum
  }

  /// As a JSON string of 64 lower-case digits.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
