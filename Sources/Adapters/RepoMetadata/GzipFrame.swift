import CZlib

/// The format of gzip (RFC 1952) around text that stays as it is: stored blocks of
/// deflate (RFC 1951, section 3.2.4).
enum GzipFrame {
  /// Longest stored block, bytes.
  private static let block = 0xFFFF

  /// Hands the parts of the file to `sink`, in order.
  static func write(
    _ bytes: UnsafeRawBufferPointer, _ sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    // Deflate, no flags, no time, no hints, unknown system.
    try send([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255], sink)
    var sum = crc32(0, nil, 0)
    var rest = bytes
    repeat {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(block))
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(block))
      let length = UInt16(part.count)
      try send([rest.isEmpty ? 1 : 0] + littleEndian(length) + littleEndian(~length), sink)
      try sink(part)
      sum = crc32(sum, part.bindMemory(to: UInt8.self).baseAddress, UInt32(part.count))
    } while !rest.isEmpty
    try send(
      littleEndian(UInt32(truncatingIfNeeded: sum))
        + littleEndian(UInt32(truncatingIfNeeded: bytes.count)), sink)
  }

  private static func send(
    _ bytes: [UInt8], _ sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes(sink)
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
