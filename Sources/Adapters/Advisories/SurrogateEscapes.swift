/// JSON writes a character beyond U+FFFF as two escapes of four digits
/// (RFC 8259, section 7), which no YAML parser joins. YAML has an escape of
/// eight digits for it.
enum SurrogateEscapes {
  /// The JSON document `text` with such pairs as one escape of YAML. No line
  /// becomes another.
  static func joined(in text: String) -> String {
    guard text.contains("\\u") else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let high = escape(at: index, of: bytes), (0xD800...0xDBFF).contains(high),
        let low = escape(at: index + 6, of: bytes), (0xDC00...0xDFFF).contains(low)
      {
        let value = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        let digits = String(value, radix: 16)
        result += Array(("\\U" + String(repeating: "0", count: 8 - digits.count) + digits).utf8)
        index += 12
      } else {
        // A backslash takes the next byte with it: `\\u` is no escape of this kind.
        let count = bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        result += bytes[index..<min(index + count, bytes.count)]
        index += count
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The value of the escape `\uXXXX` that begins at `index`.
  private static func escape(at index: Int, of bytes: [UInt8]) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(index + 2)..<(index + 6)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
