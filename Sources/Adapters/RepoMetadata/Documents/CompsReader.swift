/// A group of packages that users can install at once.
package struct CompsGroup: Hashable, Sendable {
  /// Such as `development-tools`.
  package let id: String
  /// Names of binary packages, in the document's order.
  package let packages: [String]
}

/// Reads comps.xml: the document `group`.
package enum CompsReader {
  /// Throws `badData` for what is no comps document.
  package static func groups(in document: OpenedMetadata, of file: String) throws -> [CompsGroup] {
    let contents = try document.contents()
    guard String(validating: contents, as: UTF8.self) != nil else {
      throw LibCreaterepo.damaged(file, "it is not UTF-8 text")
    }
    var collector = CompsCollector()
    var scanner = XMLScanner(contents)
    do {
      while let piece = try scanner.next() { collector.take(piece) }
    } catch {
      throw LibCreaterepo.damaged(file, "it is not a comps document (line \(error.line))")
    }
    guard collector.isComps else {
      throw LibCreaterepo.damaged(file, "it is not a comps document")
    }
    return collector.groups
  }
}

private struct CompsCollector {
  private(set) var groups: [CompsGroup] = []
  /// Whether the document's element is that of comps.
  private(set) var isComps = false
  private var path: [String] = []
  private var id = ""
  private var packages: [String] = []
  private var text = ""

  mutating func take(_ piece: XMLScanner.Piece) {
    switch piece {
    case .start(let name): start(name)
    case .text(let words): text += words
    case .end: end()
    }
  }

  private mutating func start(_ name: String) {
    if path.isEmpty { isComps = name == "comps" }
    path.append(name)
    text = ""
    if path == ["comps", "group"] { (id, packages) = ("", []) }
  }

  private mutating func end() {
    switch path {
    case ["comps", "group", "id"]: id = Self.trimmed(text)
    case ["comps", "group", "packagelist", "packagereq"]: packages.append(Self.trimmed(text))
    case ["comps", "group"]: groups.append(CompsGroup(id: id, packages: packages))
    default: break
    }
    _ = path.popLast()
    text = ""
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
