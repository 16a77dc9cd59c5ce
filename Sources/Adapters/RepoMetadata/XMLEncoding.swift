/// How XML documents of repositories are encoded: as UTF-8, as every tool writes them.
enum XMLEncoding {
  /// Bytes at the beginning of a document that have its declaration.
  static let headLength = 512

  /// How nearly all documents begin, and those that are written here.
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// Throws `badData` for a document in another encoding than UTF-8. libcreaterepo_c
  /// takes for granted that libxml2 tells what is wrong with a document, and ends by a
  /// signal where a converter of encodings fails.
  ///
  /// - Parameter head: the first bytes of the document, ``headLength`` where it has them.
  static func requireUTF8(_ head: some Collection<UInt8>, of file: String) throws {
    if head.starts(with: declaration.utf8) { return }
    let bytes = Array(head.prefix(headLength))
    // A mark of UTF-16 or UTF-32, or a first character that takes more than a byte.
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
      || bytes.prefix(4).contains(0)
    {
      throw LibCreaterepo.damaged(file, "it is not UTF-8 text")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let start = text.firstRange(of: "<?xml"),
      case let declaration = text[start.upperBound...].prefix(while: { $0 != ">" }),
      let name = declaration.firstMatch(of: /encoding\s*=\s*["']([^"']*)["']/)?.1
    else { return }
    guard ["utf-8", "utf8"].contains(name.lowercased()) else {
      throw LibCreaterepo.damaged(file, "its encoding is '\(name)', not UTF-8")
    }
  }
}
