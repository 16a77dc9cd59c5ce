import Glibc

/// Cuts XML into tags and text, as it arrives.
///
/// It takes what hubs send, which is not always well-formed: they escape only
/// `&`, `<` and `>`, and pass control characters of their data through. No
/// document types and no entities but the five of XML and numbers: nothing
/// can expand.
struct XMLTokenizer {
  enum Token: Equatable {
    case start(String)
    case end(String)
    /// `<name/>`
    case empty(String)
    case text([UInt8])
  }

  /// No element of XML-RPC has a longer name.
  private static let tagLimit = 256
  /// Bytes of one text.
  private static let textLimit = 16 << 20

  private var pending: [UInt8] = []
  private var isInTag = false

  /// Whether all that has arrived is whole tags and text.
  var isBetweenTags: Bool { !isInTag }

  /// Cuts the next bytes; a text may come in several tokens.
  mutating func feed(
    _ bytes: UnsafeRawBufferPointer, _ body: (Token) throws(XMLRPCProblem) -> Void
  ) throws(XMLRPCProblem) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let delimiter = Int32(UInt8(ascii: isInTag ? ">" : "<"))
      guard let found = memchr(start, delimiter, rest.count) else {
        pending.append(contentsOf: rest)
        guard pending.count <= (isInTag ? Self.tagLimit : Self.textLimit) else {
          throw XMLRPCProblem("it has a \(isInTag ? "tag" : "text") without end")
        }
        return
      }
      let index = UnsafeRawPointer(found) - start
      pending.append(contentsOf: UnsafeRawBufferPointer(start: start, count: index))
      rest = UnsafeRawBufferPointer(start: start + index + 1, count: rest.count - index - 1)
      if isInTag {
        if let token = try Self.tag(pending) { try body(token) }
      } else if !pending.isEmpty {
        try body(.text(pending))
      }
      pending.removeAll(keepingCapacity: true)
      isInTag.toggle()
    }
  }

  private static func tag(_ bytes: [UInt8]) throws(XMLRPCProblem) -> Token? {
    guard let first = bytes.first, bytes.count <= tagLimit else {
      throw XMLRPCProblem("it has an empty or endless tag")
    }
    switch first {
    case UInt8(ascii: "?"): return nil
    case UInt8(ascii: "!"): throw XMLRPCProblem("it is a page, not XML-RPC")
    case UInt8(ascii: "/"): return .end(name(bytes[1...]))
    default:
      return bytes[bytes.count - 1] == UInt8(ascii: "/")
        ? .empty(name(bytes[..<(bytes.count - 1)])) : .start(name(bytes[...]))
    }
  }

  /// Without attributes, which XML-RPC has not, and white space.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let name = String(decoding: bytes, as: UTF8.self)
    guard name.utf8.contains(where: { $0 <= 0x20 }) else { return name }
    return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
  }

  /// Text with its references resolved; what is no UTF-8 is repaired.
  static func text(_ bytes: [UInt8]) -> String {
    let hasReference = bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { memchr($0, Int32(UInt8(ascii: "&")), buffer.count) != nil } ?? false
    }
    guard hasReference else { return String(decoding: bytes, as: UTF8.self) }
    var text = ""
    var rest = bytes[...]
    while let index = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += String(decoding: rest[..<index], as: UTF8.self)
      rest = rest[(index + 1)...]
      // An ampersand that begins no reference stands for itself.
      guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let character = character(String(decoding: rest[..<end], as: UTF8.self))
      else {
        text += "&"
        continue
      }
      text.unicodeScalars.append(character)
      rest = rest[(end + 1)...]
    }
    return text + String(decoding: rest, as: UTF8.self)
  }

  private static func character(_ reference: String) -> Unicode.Scalar? {
    switch reference {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    case _ where reference.hasPrefix("#x"):
      UInt32(reference.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    case _ where reference.hasPrefix("#"):
      UInt32(reference.dropFirst()).flatMap(Unicode.Scalar.init)
    default: nil
    }
  }
}

/// Why a reply is no XML-RPC.
package struct XMLRPCProblem: Error {
  let cause: String

  init(_ cause: String) { self.cause = cause }
}
