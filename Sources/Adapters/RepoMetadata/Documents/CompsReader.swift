import Foundation
import FoundationXML

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
    let collector = CompsCollector()
    let parser = XMLParser(data: Data(contents))
    // Nothing outside the document is read for it.
    parser.shouldResolveExternalEntities = false
    parser.delegate = collector
    guard parser.parse(), collector.isComplete else {
      let line = parser.parserError == nil ? "" : " (line \(parser.lineNumber))"
      throw LibCreaterepo.damaged(file, "it is not a comps document\(line)")
    }
    return collector.groups
  }
}

private final class CompsCollector: NSObject, XMLParserDelegate {
  var groups: [CompsGroup] = []
  private var isComps = false
  private var path: [String] = []
  /// Whether it was comps, to the end: a parser that is fed a document which
  /// breaks off does not always mind.
  var isComplete: Bool { isComps && path.isEmpty }
  private var id = ""
  private var packages: [String] = []
  private var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if path.isEmpty { isComps = name == "comps" }
    path.append(name)
    text = ""
    if path == ["comps", "group"] { (id, packages) = ("", []) }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    let word = text.trimmingCharacters(in: .whitespacesAndNewlines)
    switch path {
    case ["comps", "group", "id"]: id = word
    case ["comps", "group", "packagelist", "packagereq"]: packages.append(word)
    case ["comps", "group"]: groups.append(CompsGroup(id: id, packages: packages))
    default: break
    }
    _ = path.popLast()
    text = ""
  }
}
