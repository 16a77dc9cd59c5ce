/// The dotted form of IPv4, read without a branch for each digit: how many digits the four
/// parts have is as good as random, and each wrong guess of the processor costs more than all
/// the rest.
enum DottedAddress {
  /// Bytes that must be readable from the first on.
  static let readable = 20

  /// The address that begins at `bytes`, and how many bytes it has: no digit follows. Nil
  /// where there is none.
  @inline(__always)
  static func read(_ bytes: UnsafePointer<UInt8>) -> (address: UInt32, count: Int)? {
    let raw = UnsafeRawPointer(bytes)
    var others =
      otherThanDigits(raw.loadUnaligned(as: UInt64.self))
      | otherThanDigits(raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) << 8
    var ends = (0, 0, 0, 0)
    ends.0 = others.trailingZeroBitCount
    others &= others &- 1
    ends.1 = others.trailingZeroBitCount
    others &= others &- 1
    ends.2 = others.trailingZeroBitCount
    others &= others &- 1
    ends.3 = others.trailingZeroBitCount
    guard ends.3 < 16,
      bytes[ends.0] == dot, bytes[ends.1] == dot, bytes[ends.2] == dot,
      isLength(ends.0), isLength(ends.1 &- ends.0 &- 1), isLength(ends.2 &- ends.1 &- 1),
      isLength(ends.3 &- ends.2 &- 1)
    else { return nil }
    let parts = (
      part(raw, 0, ends.0), part(raw, ends.0 &+ 1, ends.1), part(raw, ends.1 &+ 1, ends.2),
      part(raw, ends.2 &+ 1, ends.3)
    )
    guard parts.0 | parts.1 | parts.2 | parts.3 < 256 else { return nil }
    return (parts.0 << 24 | parts.1 << 16 | parts.2 << 8 | parts.3, ends.3)
  }

  private static let dot = UInt8(ascii: ".")

  /// A bit for each of eight bytes that is no digit, the first lowest.
  @inline(__always)
  private static func otherThanDigits(_ word: UInt64) -> UInt64 {
    // Digits become 0 to 9; what is more reaches the highest bit of its byte.
    let values = word.littleEndian ^ 0x3030_3030_3030_3030
    let marks =
      ((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
    // Moves the eight marks side by side.
    return (marks &* 0x0002_0408_1020_4081) >> 56
  }

  /// One to three digits.
  @inline(__always)
  private static func isLength(_ count: Int) -> Bool { UInt(bitPattern: count &- 1) < 3 }

  /// The number of the digits from `start` to `end`.
  @inline(__always)
  private static func part(_ raw: UnsafeRawPointer, _ start: Int, _ end: Int) -> UInt32 {
    let values =
      raw.loadUnaligned(fromByteOffset: start, as: UInt32.self).littleEndian ^ 0x3030_3030
    // The last digit at its place, and zeros where there are fewer than three.
    let digits = values &<< UInt32(truncatingIfNeeded: 24 &- 8 &* (end &- start))
    return (digits & 0xFF) &* 100 &+ (digits >> 8 & 0xFF) &* 10 &+ (digits >> 16 & 0xFF)
  }
}
