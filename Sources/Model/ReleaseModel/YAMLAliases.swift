/// Aliases of YAML (`*name`), which stand for what an anchor (`&name`) was put at. A
/// parser that compares keys goes through all that they stand for, and a few lines of
/// aliases of aliases stand for more than could ever be gone through.
package enum YAMLAliases {
  /// How many a document may have: no nesting of so many stands for more than some
  /// hundred times the document.
  package static let most = 16

  /// Whether `text` has more. What looks like one in a sentence counts only where there
  /// is an anchor of that name.
  package static func areTooMany(in text: String) -> Bool {
    let anchors = Set(names(after: UInt8(ascii: "&"), in: text))
    guard !anchors.isEmpty else { return false }
    return names(after: UInt8(ascii: "*"), in: text).count { anchors.contains($0) } > most
  }

  private static func names(after mark: UInt8, in text: String) -> [Substring] {
    let bytes = text.utf8
    var names: [Substring] = []
    var place = bytes.startIndex
    while let found = bytes[place...].firstIndex(of: mark) {
      let start = bytes.index(after: found)
      let end = bytes[start...].firstIndex { $0 <= 0x20 || ",[]{}".utf8.contains($0) }
      if start < end ?? bytes.endIndex {
        let name = text[start..<(end ?? bytes.endIndex)]
        // The colon of a key that is an alias may stand right after it.
        names.append(name.hasSuffix(":") ? name.dropLast() : name)
      }
      place = start
    }
    return names
  }
}
