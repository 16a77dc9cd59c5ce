import Glibc

/// Bytes of XML while they are written: what libxml2 would write, without the
/// tree that it makes first.
///
/// Only plain text is taken: valid UTF-8 without control characters. Other text
/// is left to libcreaterepo_c, which knows how to repair it.
struct ElementBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var capacity: Int
  /// Whether all text so far was plain.
  private(set) var isPlain = true

  init(capacity: Int = 4096) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  private mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    (base + count).update(from: bytes, count: length)
    count += length
  }

  /// Appends markup as it is.
  mutating func append(_ markup: StaticString) {
    append(markup.utf8Start, markup.utf8CodeUnitCount)
  }

  mutating func append(_ number: Int) {
    var digits = [UInt8](repeating: 0, count: 20)
    var rest = number.magnitude
    var index = digits.count
    repeat {
      index -= 1
      digits[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
    if number < 0 {
      reserve(1)
      base[count] = UInt8(ascii: "-")
      count += 1
    }
    digits.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { append(start + index, buffer.count - index) }
    }
  }

  enum Place { case text, attribute }

  /// Appends text, escaped as libxml2 does it for a document in UTF-8: other
  /// characters than ASCII stay in text, and are numbers in attributes.
  mutating func append(_ text: UnsafePointer<CChar>?, in place: Place) {
    guard let text else { return }
    let length = strlen(text)
    text.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      append(bytes, length, in: place)
    }
  }

  private mutating func append(
    _ text: UnsafePointer<UInt8>, _ length: Int, in place: Place
  ) {
    reserve(length)
    var start = 0
    var index = 0
    while index < length {
      let byte = text[index]
      if byte >= 0x20, byte < 0x80, !Self.isMarkup(byte) {
        index += 1
        continue
      }
      append(text + start, index - start)
      index += appendSpecial(text + index, length - index, in: place)
      start = index
    }
    append(text + start, length - start)
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&")
      || byte == UInt8(ascii: "\"")
  }

  /// Appends the character that begins at `text`; returns its length.
  private mutating func appendSpecial(
    _ text: UnsafePointer<UInt8>, _ length: Int, in place: Place
  ) -> Int {
    switch (text[0], place) {
    case (UInt8(ascii: "<"), _): append("&lt;")
    case (UInt8(ascii: ">"), _): append("&gt;")
    case (UInt8(ascii: "&"), _): append("&amp;")
    case (UInt8(ascii: "\""), .attribute): append("&quot;")
    case (UInt8(ascii: "\r"), _): append("&#13;")
    case (UInt8(ascii: "\n"), .attribute): append("&#10;")
    case (UInt8(ascii: "\t"), .attribute): append("&#9;")
    case (UInt8(ascii: "\""), .text), (UInt8(ascii: "\n"), .text), (UInt8(ascii: "\t"), .text):
      append(text, 1)
    case (0x80..., _):
      guard let (scalar, width) = Self.scalar(text, length) else { break }
      switch place {
      case .text: append(text, width)
      case .attribute:
        append("&#x")
        let digits = Array(String(scalar, radix: 16, uppercase: true).utf8)
        append(digits, digits.count)
        append(";")
      }
      return width
    default: break
    }
    if text[0] >= 0x80 || (text[0] < 0x20 && !"\t\n\r".utf8.contains(text[0])) { isPlain = false }
    return 1
  }

  /// The character of more than one byte at `text`, if it is one that XML may
  /// have.
  private static func scalar(
    _ text: UnsafePointer<UInt8>, _ length: Int
  ) -> (value: UInt32, width: Int)? {
    let width: Int
    switch text[0] {
    case 0xC2...0xDF: width = 2
    case 0xE0...0xEF: width = 3
    case 0xF0...0xF4: width = 4
    default: return nil
    }
    guard width <= length else { return nil }
    var value = UInt32(text[0]) & (0xFF >> UInt32(width + 1))
    for index in 1..<width {
      guard text[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(text[index] & 0x3F)
    }
    let least: UInt32 = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000
    guard value >= least, Unicode.Scalar(value) != nil, value & 0xFFFE != 0xFFFE || value > 0xFFFF
    else { return nil }
    return (value, width)
  }
}
