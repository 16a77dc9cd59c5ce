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

  /// Ids of what users can install: groups and environments. Categories only sort menus.
  package var installable: Set<String> {
    Set(groups.map(\.id)).union(
      collections.lazy.filter { $0.kind == .environment }.map(\.id))
  }
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
    return collector.document
  }
}

private struct CompsCollector {
  var document = CompsDocument()
  /// Whether the document's element is that of comps.
  private(set) var isComps = false
  private var path: [String] = []
  private var id = ""
  /// Packages of a group, or groups of a collection.
  private var members: [String] = []
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
    if path.count == 2 { (id, members) = ("", []) }
  }

  private mutating func end() {
    switch (path.count, path.dropFirst().first) {
    case (3, "group"), (3, "environment"), (3, "category"):
      if path[2] == "id" { id = text }
    case (4, "group"):
      if path[2] == "packagelist", path[3] == "packagereq" { members.append(text) }
    case (4, "environment"), (4, "category"):
      if ["grouplist", "optionlist"].contains(path[2]), path[3] == "groupid" {
        members.append(text)
      }
    case (2, "group"): document.groups.append(CompsGroup(id: id, packages: members))
    case (2, let kind):
      if let kind = kind.flatMap(CompsCollection.Kind.init) {
        document.collections.append(CompsCollection(kind: kind, id: id, groups: members))
      }
    default: break
    }
    _ = path.popLast()
    text = ""
  }
}
