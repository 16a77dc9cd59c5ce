import Foundation
import FoundationXML
import ReleaseModel

/// A group of packages that users can install at once.
package struct CompsGroup: Hashable, Sendable {
  /// Such as `development-tools`; empty where it has none.
  package let id: String
  /// Names of binary packages, in the document's order.
  package let packages: [String]
}

/// An environment or a category: groups under one name.
package struct CompsCollection: Hashable, Sendable {
  /// What it is; raw values are the document's words.
  package enum Kind: String, Sendable {
    /// Users install its groups at once.
    case environment
    /// Only sorts groups in menus.
    case category
  }

  package let kind: Kind
  /// Such as `minimal-environment`; empty where it has none.
  package let id: String
  /// Ids of its groups, in the document's order.
  package let groups: [String]
}

/// What comps.xml has.
package struct CompsDocument: Hashable, Sendable {
  package fileprivate(set) var groups: [CompsGroup] = []
  package fileprivate(set) var collections: [CompsCollection] = []
}

/// Reads comps.xml: the document `group`. Ids and names are taken as they are
/// written, blanks around them too: clients look for just that.
package enum CompsReader {
  /// The groups alone; throws what ``document(in:of:)`` throws.
  package static func groups(in opened: OpenedMetadata, of file: String) throws -> [CompsGroup] {
    try document(in: opened, of: file).groups
  }

  /// Throws `badData` for what is no comps document.
  package static func document(
    in opened: OpenedMetadata, of file: String
  ) throws -> CompsDocument {
    let contents = try opened.contents()
    let collector = CompsCollector()
    let parser = XMLParser(data: Data(contents))
    // Nothing outside the document is read for it.
    parser.shouldResolveExternalEntities = false
    parser.delegate = collector
    guard parser.parse(), collector.isComplete else {
      let line = parser.parserError == nil ? "" : " (line \(parser.lineNumber))"
      throw LibCreaterepo.damaged(file, "it is not a comps document\(line)")
    }
    return collector.document
  }
}

private final class CompsCollector: NSObject, XMLParserDelegate {
  var document = CompsDocument()
  private var isComps = false
  private var path: [String] = []
  /// Whether it was comps, to the end: a parser that is fed a document which
  /// breaks off does not always mind.
  var isComplete: Bool { isComps && path.isEmpty }
  private var id = ""
  /// Packages of a group, or groups of a collection.
  private var members: [String] = []
  private var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if path.isEmpty { isComps = name == "comps" }
    path.append(name)
    text = ""
    if path.count == 2 { (id, members) = ("", []) }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    switch (path.count, path.dropFirst().first) {
    case (3, "group"), (3, "environment"), (3, "category"):
      if name == "id" { id = text }
    case (4, "group"):
      if path[2] == "packagelist", name == "packagereq" { members.append(text) }
    case (4, "environment"), (4, "category"):
      if ["grouplist", "optionlist"].contains(path[2]), name == "groupid" { members.append(text) }
    case (2, "group"): document.groups.append(CompsGroup(id: id, packages: members))
    case (2, let kind):
      if let kind = kind.flatMap(CompsCollection.Kind.init) {
        document.collections.append(CompsCollection(kind: kind, id: id, groups: members))
      }
    default: break
    }
    path.removeLast()
    text = ""
  }
}
