/// Puts bits together to bytes, the least significant first, as deflate has them.
struct BitOutput {
  private var bytes: [UInt8] = []
  /// Bits that are not a whole byte yet.
  private var rest: UInt64 = 0
  private var restCount = 0

  /// - Parameter capacity: bytes.
  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Appends `bits` of `stream`; the one at `cleared`, if it is among them, as 0.
  mutating func append(_ stream: [UInt8], _ bits: Range<Int>, clearing cleared: Int) {
    var position = bits.lowerBound
    while position < bits.upperBound {
      // Up to the end of a byte of the source at once.
      let count = min(8 - position % 8, bits.upperBound - position)
      var value = stream[position / 8] >> UInt8(position % 8) & UInt8(1 << count - 1)
      if (position..<position + count).contains(cleared) {
        value &= ~(1 << UInt8(cleared - position))
      }
      rest |= UInt64(value) << UInt64(restCount)
      restCount += count
      if restCount >= 8 { flush() }
      position += count
    }
  }

  private mutating func flush() {
    while restCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
      restCount -= 8
    }
  }

  /// All of it, with so many bits of 0 behind it, and those that make it whole bytes.
  consuming func bytes(padding: Int) -> [UInt8] {
    restCount += padding
    restCount += (8 - restCount % 8) % 8
    flush()
    return bytes
  }
}
