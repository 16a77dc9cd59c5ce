import ReleaseModel
import Yams

/// One value of a file of advisories together with where it stands, so that
/// every complaint can say file and line.
struct AdvisoryNode {
  let node: Node
  let file: String
  /// Dotted path as in ``AdvisoryKeys``; empty for an advisory itself.
  let path: String

  /// File and line, such as `advisories/beta.yaml:7`.
  var place: String { Self.place(file, node.mark?.line) }

  static func place(_ file: String, _ line: Int?) -> String {
    file.sanitizedForDisplay + (line.map { ":\($0)" } ?? "")
  }

  /// The error that says `cause` of this value.
  func problem(_ cause: String, remedy: String) -> ComposeError {
    problem(at: node.mark?.line, cause, remedy: remedy)
  }

  private func problem(at line: Int?, _ cause: String, remedy: String) -> ComposeError {
    ComposeError(
      .badData, Self.place(file, line), cause.sanitizedForDisplay,
      remedy: remedy.sanitizedForDisplay)
  }

  private var label: String { path.isEmpty ? "an advisory" : "'\(path)'" }

  // MARK: Mappings

  var isMapping: Bool { node.mapping != nil }

  /// Refuses what is no mapping, and a key that is not in ``AdvisoryKeys``.
  func checkKeys() throws {
    guard let mapping = node.mapping else {
      throw problem("\(label) must be a mapping of keys", remedy: "Write 'key: value' lines")
    }
    let known = AdvisoryKeys.children(of: path)
    for keyNode in mapping.keys {
      guard let key = keyNode.string else {
        throw problem(
          at: keyNode.mark?.line, "a key of \(label) is not text",
          remedy: "Write a plain word as the key")
      }
      guard !known.contains(key) else { continue }
      let nearest = NearestName.of(key, among: known).map { "Write '\($0)' if that was meant" }
      throw problem(
        at: keyNode.mark?.line, "unknown key '\(key)'\(path.isEmpty ? "" : " in '\(path)'")",
        remedy: nearest ?? "Known keys here: \(known.joined(separator: ", "))")
    }
  }

  /// The value of `key`, or nil where it is left out or has no value.
  func optional(_ key: String) -> AdvisoryNode? {
    guard let value = node.mapping?.first(where: { $0.key.string == key })?.value else {
      return nil
    }
    let child = AdvisoryNode(node: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    return child.isNull ? nil : child
  }

  /// The value of `key`, which must be there.
  func required(_ key: String) throws -> AdvisoryNode {
    if let value = optional(key) { return value }
    let name = path.isEmpty ? key : "\(path).\(key)"
    let meaning = AdvisoryKeys.all.first { $0.path == name }?.meaning ?? ""
    throw problem("'\(name)' is missing", remedy: "Add the key: \(meaning)")
  }

  private var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  // MARK: Values

  /// Text of any number of lines, each ended by a line feed.
  func text() throws -> String {
    guard case .scalar(let scalar) = node else {
      throw problem("\(label) must be text", remedy: "Write one value after the colon")
    }
    // Escape sequences can give characters that YAML forbids in the file
    // itself.
    if let bad = scalar.string.unicodeScalars.first(where: { !$0.isXML }) {
      throw problem(
        "\(label) has the character \(bad.name), which XML cannot carry", remedy: "Take it out")
    }
    return scalar.string.withLineFeeds
  }

  /// Text of one line, not empty.
  func line() throws -> String {
    let text = try text()
    guard !text.isEmpty else {
      throw problem("\(label) is empty", remedy: "Write one value after the colon")
    }
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw problem(
        "\(label) is not one line of text", remedy: "Write it on one line, without tabs")
    }
    return text
  }

  /// One of the words of `type`.
  func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws -> Word
  where Word.RawValue == String {
    let text = try line()
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let nearest = NearestName.of(text, among: words).map { "; did you mean '\($0)'" } ?? ""
    throw problem(
      "'\(text)' is not a value of \(label)\(nearest)",
      remedy: "Use \(words.joined(separator: ", "))")
  }

  func list() throws -> [AdvisoryNode] {
    guard let sequence = node.sequence else {
      throw problem("\(label) must be a list", remedy: "Write [a, b] or '- a' lines")
    }
    return sequence.map { AdvisoryNode(node: $0, file: file, path: path) }
  }
}
