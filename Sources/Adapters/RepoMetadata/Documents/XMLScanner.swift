/// Reads an XML document one piece after the other, and refuses what is not well formed.
///
/// Foundation's parser ends the process by a trap or a signal on some documents (names
/// that are not UTF-8, some document types). This one knows no document types but their
/// names and no entities but the five of XML and numbers: nothing can be expanded or
/// fetched by it.
struct XMLScanner {
  enum Piece: Equatable {
    case start(String)
    case end(String)
    case text(String)
  }

  /// Why it is no XML that is read here, and on which line.
  struct Problem: Error {
    let line: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private var open: [String] = []
  private var hasRoot = false
  /// The end of an element that was written `<a/>`.
  private var waiting: Piece?

  /// Elements in each other: far more than any document has.
  private static let deepest = 256

  /// - Parameter bytes: the document, in UTF-8.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next piece; nil at the end of a document that is whole. Text is never empty,
  /// and may come in several pieces.
  mutating func next() throws(Problem) -> Piece? {
    if let piece = waiting {
      waiting = nil
      return piece
    }
    while position < bytes.count {
      if bytes[position] != Self.less {
        if let text = try text() { return text }
      } else if skip("<?") {
        _ = try upTo("?>")
      } else if skip("<!--") {
        _ = try upTo("-->")
      } else if !open.isEmpty, skip("<![CDATA[") {
        let text = String(decoding: try upTo("]]>"), as: UTF8.self)
        if !text.isEmpty { return .text(text) }
      } else if !hasRoot, skip("<!DOCTYPE") {
        try skipDocumentType()
      } else {
        return try tag()
      }
    }
    guard hasRoot, open.isEmpty else { throw problem }
    return nil
  }

  private var problem: Problem {
    Problem(line: bytes[..<min(position, bytes.count)].count { $0 == 0x0A } + 1)
  }

  private static let less = UInt8(ascii: "<")
  private static let greater = UInt8(ascii: ">")

  // MARK: Parts

  private mutating func skip(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: length)
    guard bytes[position...].starts(with: letters) else { return false }
    position += length
    return true
  }

  /// What comes before `end`, which is skipped as well.
  private mutating func upTo(_ end: StaticString) throws(Problem) -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count {
      let before = position
      if skip(end) { return bytes[start..<before] }
      position += 1
    }
    throw problem
  }

  /// A document type with a name and places, which are not looked at. One that declares
  /// something itself is refused.
  private mutating func skipDocumentType() throws(Problem) {
    var quote: UInt8?
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == Self.greater {
        return
      } else if byte == Self.less || byte == UInt8(ascii: "[") {
        throw problem
      } else if "\"'".utf8.contains(byte) {
        quote = byte
      }
    }
    throw problem
  }

  // MARK: Tags

  private mutating func tag() throws(Problem) -> Piece {
    position += 1
    if position < bytes.count, bytes[position] == UInt8(ascii: "/") {
      position += 1
      let name = try name()
      skipSpace()
      guard take(Self.greater), open.popLast() == name else { throw problem }
      return .end(name)
    }
    let name = try name()
    guard open.count < Self.deepest, !(open.isEmpty && hasRoot) else { throw problem }
    hasRoot = true
    while true {
      let hasSpace = skipSpace()
      if take(Self.greater) {
        open.append(name)
        return .start(name)
      }
      if skip("/>") {
        waiting = .end(name)
        return .start(name)
      }
      guard hasSpace else { throw problem }
      try skipAttribute()
    }
  }

  private mutating func skipAttribute() throws(Problem) {
    _ = try name()
    skipSpace()
    guard take(UInt8(ascii: "=")) else { throw problem }
    skipSpace()
    guard position < bytes.count, "\"'".utf8.contains(bytes[position]) else { throw problem }
    let quote = bytes[position]
    position += 1
    while position < bytes.count, bytes[position] != quote {
      guard bytes[position] != Self.less else { throw problem }
      position += 1
    }
    guard take(quote) else { throw problem }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  @discardableResult
  private mutating func skipSpace() -> Bool {
    let start = position
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    return position > start
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func name() throws(Problem) -> String {
    let start = position
    while position < bytes.count, !Self.isSpace(bytes[position]),
      !"<>/=\"'&".utf8.contains(bytes[position])
    {
      position += 1
    }
    guard position > start, !"0123456789.-".utf8.contains(bytes[start]) else { throw problem }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // MARK: Text

  /// Text up to the next tag; nil for space outside of elements.
  private mutating func text() throws(Problem) -> Piece? {
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != Self.less {
      let byte = bytes[position]
      position += 1
      guard byte >= 0x20 || Self.isSpace(byte) else { throw problem }
      if byte == UInt8(ascii: "&") {
        text += String(try reference()).utf8
      } else {
        text.append(byte)
      }
    }
    if !open.isEmpty { return .text(String(decoding: text, as: UTF8.self)) }
    guard text.allSatisfy(Self.isSpace) else { throw problem }
    return nil
  }

  private mutating func reference() throws(Problem) -> Unicode.Scalar {
    guard let end = bytes[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
      throw problem
    }
    let name = String(decoding: bytes[position..<end], as: UTF8.self)
    position = end + 1
    let scalar: Unicode.Scalar? =
      switch name {
      case "amp": "&"
      case "lt": "<"
      case "gt": ">"
      case "quot": "\""
      case "apos": "'"
      case _ where name.hasPrefix("#x"):
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
      case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
      default: nil
      }
    guard let scalar, scalar.value != 0 else { throw problem }
    return scalar
  }
}
