/// JSON as productmd writes it: keys in the caller's order, indented by four,
/// ASCII alone, no line feed at the end.
///
/// Written directly: a list of all RPMs has some hundred thousand lines.
struct ProductmdJSON {
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

  private mutating func add(_ text: String) { bytes += text.utf8 }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
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
    bytes.append(UInt8(ascii: "\""))
  }
}
