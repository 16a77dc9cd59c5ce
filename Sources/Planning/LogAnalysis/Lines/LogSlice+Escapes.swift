extension LogSlice {
  /// Without percent-escapes, as servers and the responder understand them: `+` stays, and so
  /// does what is no escape.
  private var decoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var index = 0
    while index < count {
      if start[index] == UInt8(ascii: "%"), index + 2 < count,
        let high = Self.digit(start[index + 1]), let low = Self.digit(start[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(start[index])
        index += 1
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// Hands on the path without escapes and doubled slashes: itself where it has none, as
  /// nearly always.
  func withPlainPath<Result>(_ body: (LogSlice) throws -> Result) rethrows -> Result {
    let isEscaped = index(of: UInt8(ascii: "%")) != nil
    guard isEscaped || index(of: "//") != nil else { return try body(self) }
    var bytes: [UInt8] = []
    for byte in isEscaped ? decoded : Array(UnsafeBufferPointer(start: start, count: count))
    where byte != UInt8(ascii: "/") || bytes.last != byte {
      bytes.append(byte)
    }
    return try bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return try body(self) }
      return try body(LogSlice(base, base + bytes.count))
    }
  }
}
