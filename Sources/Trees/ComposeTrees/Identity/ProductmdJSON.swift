/// JSON as productmd writes it: keys in the caller's order, indented by four,
/// ASCII alone, no line feed at the end.
///
/// Written by hand, without a JSON library, for speed: the list of all RPMs has
/// hundreds of thousands of lines.
struct ProductmdJSON: Sendable {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  mutating func object(_ body: (inout ProductmdJSON) -> Void) {
    add("{")
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { newLine() }
    add("}")
    isFirst = false
  }

  mutating func object(_ key: String, _ body: (inout ProductmdJSON) -> Void) {
    begin(key)
    object(body)
  }

  /// What ``object(_:_:)`` would add here, made apart, by any thread; see
  /// ``append(_:)``.
  func part(_ key: String, _ body: (inout ProductmdJSON) -> Void) -> [UInt8] {
    var part = ProductmdJSON()
    part.depth = depth
    part.object(key, body)
    return part.bytes
  }

  /// Adds objects that were made apart, in order.
  mutating func append(_ parts: [[UInt8]]) {
    for part in parts {
      if !isFirst { add(",") }
      isFirst = false
      bytes += part
    }
  }

  mutating func string(_ key: String, _ value: String) {
    begin(key)
    quote(value)
  }

  /// A number, `true`, `false` or `null`.
  mutating func literal(_ key: String, _ value: String) {
    begin(key)
    add(value)
  }

  mutating func strings(_ key: String, _ values: [String]) {
    begin(key)
    add("[")
    depth += 1
    for (index, value) in values.enumerated() {
      if index > 0 { add(",") }
      newLine()
      quote(value)
    }
    depth -= 1
    if !values.isEmpty { newLine() }
    add("]")
  }

  mutating func header(_ type: String) {
    object("header") {
      $0.string("type", type)
      $0.string("version", "1.2")
    }
  }

  private mutating func begin(_ key: String) {
    if !isFirst { add(",") }
    isFirst = false
    newLine()
    quote(key)
    add(": ")
  }

  private mutating func add(_ text: StaticString) {
    bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  private mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes += $0 }
  }

  private static let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 64)

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes += Self.spaces[..<(4 * depth)]
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    // Nearly everything is plain.
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      let isPlain = utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
      if isPlain { bytes += utf8 }
      return isPlain
    }
    if !isPlain { escape(text) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ text: String) {
    for unit in text.utf16 {
      switch unit {
      case 0x22: add("\\\"")
      case 0x5C: add("\\\\")
      case 0x0A: add("\\n")
      case 0x09: add("\\t")
      case 0x0D: add("\\r")
      case 0x20..<0x7F: bytes.append(UInt8(truncatingIfNeeded: unit))
      default:
        let digits = String(unit, radix: 16)
        add("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      }
    }
  }
}
