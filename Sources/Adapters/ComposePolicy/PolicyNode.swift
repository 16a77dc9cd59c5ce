import ReleaseModel
import Yams

/// One value of a policy file together with where it stands, so that every
/// complaint can say file and line.
struct PolicyNode {
  let node: Node
  let file: String
  /// Dotted path as in ``PolicyKeys``, names of the user's own as `*`.
  let path: String
  private let read = Read()

  /// What ``members()`` returned: a section asks for one key after the other.
  private final class Read {
    var members: [(key: String, value: PolicyNode)]?
  }

  /// Parses the text of a policy file; the outermost mapping.
  init(text: String, file: String) throws {
    guard !YAMLAliases.areTooMany(in: text) else {
      throw ComposeError(
        .badData, file.sanitizedForDisplay, "it has more than \(YAMLAliases.most) aliases (*name)",
        remedy: "Write out what they stand for")
    }
    do {
      // Every value is read as it is written: nothing has to be guessed of its type.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        throw ComposeError(
          .badData, file.sanitizedForDisplay, "it is empty",
          remedy: "Write a policy; Docs/Policy.md lists the keys")
      }
      self.init(node: node, file: file, path: "")
    } catch let error as YamlError {
      throw Self.explain(error, text: text, file: file)
    }
  }

  private init(node: Node, file: String, path: String) {
    self.node = node
    self.file = file
    self.path = path
  }

  /// The error that says `cause` of this value.
  func problem(_ cause: String, remedy: String) -> ComposeError {
    problem(at: node.mark?.line, cause, remedy: remedy)
  }

  private func problem(at line: Int?, _ cause: String, remedy: String) -> ComposeError {
    Self.problem(file: file, line: line, cause, remedy: remedy)
  }

  private static func problem(
    file: String, line: Int?, _ cause: String, remedy: String
  ) -> ComposeError {
    ComposeError(
      .badData, file.sanitizedForDisplay + (line.map { ":\($0)" } ?? ""),
      cause.sanitizedForDisplay, remedy: remedy)
  }

  // MARK: Mappings

  /// The values of this mapping by key, in the file's order; unknown keys are
  /// refused with the nearest known one.
  func members() throws -> [(key: String, value: PolicyNode)] {
    if let members = read.members { return members }
    let members = try knownMembers()
    read.members = members
    return members
  }

  private func knownMembers() throws -> [(key: String, value: PolicyNode)] {
    guard let mapping = node.mapping else {
      throw problem("'\(label)' must be a mapping of keys", remedy: "Write 'key: value' lines")
    }
    let known = PolicyKeys.children(of: path)
    return try mapping.map { keyNode, value in
      guard let key = keyNode.string else {
        throw problem(
          at: keyNode.mark?.line, "a key of '\(label)' is not text",
          remedy: "Write a plain word as the key")
      }
      if let known, !known.contains(key) {
        let nearest = NearestName.of(key, among: known).map { "Write '\($0)' if that was meant" }
        throw problem(
          at: keyNode.mark?.line, "unknown key '\(key)'\(path.isEmpty ? "" : " in '\(path)'")",
          remedy: nearest ?? "Known keys here: \(known.joined(separator: ", "))")
      }
      let child = path.isEmpty ? key : "\(path).\(known == nil ? "*" : key)"
      return (key, PolicyNode(node: value, file: file, path: child))
    }
  }

  /// The value of `key`, or nil where it is left out.
  func optional(_ key: String) throws -> PolicyNode? {
    try members().first { $0.key == key }?.value
  }

  /// The value of `key`, which must be there.
  func required(_ key: String) throws -> PolicyNode {
    guard let value = try optional(key) else {
      throw problem(
        "'\(path.isEmpty ? key : "\(path).\(key)")' is missing",
        remedy: "Add the key; Docs/Policy.md says what it means")
    }
    return value
  }

  private var label: String { path.isEmpty ? "policy" : path }

  // MARK: Values

  /// One line of text, as written.
  func text() throws -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw problem("'\(label)' must be text", remedy: "Write one value after the colon")
    }
    guard !scalar.string.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw problem("'\(label)' has control characters", remedy: "Write it on one line")
    }
    return scalar.string
  }

  func number(in range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(try text()), range.contains(number) else {
      throw problem(
        "'\(label)' must be a number from \(range.lowerBound) to \(range.upperBound)",
        remedy: "Correct the number")
    }
    return number
  }

  func flag() throws -> Bool {
    switch try text() {
    case "true": return true
    case "false": return false
    default: throw problem("'\(label)' must be true or false", remedy: "Write true or false")
    }
  }

  /// One of the words of `type`.
  func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws -> Word
  where Word.RawValue == String {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue)
      let nearest = NearestName.of(text, among: words).map { "; did you mean '\($0)'" } ?? ""
      throw problem(
        "'\(text)' is not a value of '\(label)'\(nearest)",
        remedy: "Use \(words.joined(separator: ", "))")
    }
    return word
  }

  func list() throws -> [PolicyNode] {
    guard let sequence = node.sequence else {
      throw problem("'\(label)' must be a list", remedy: "Write [a, b] or '- a' lines")
    }
    return sequence.map { PolicyNode(node: $0, file: file, path: path) }
  }

  // MARK: YAML errors

  private static func explain(_ error: YamlError, text: String, file: String) -> ComposeError {
    switch error {
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.min() ?? "?"
      let line = secondLine(of: key, in: text, from: context.mark.line) ?? context.mark.line
      return problem(
        file: file, line: line, "the key '\(key)' is there twice", remedy: "Remove one of the two")
    case .scanner(_, let cause, let mark, _), .parser(_, let cause, let mark, _),
      .composer(_, let cause, let mark, _):
      return problem(
        file: file, line: mark.line, "it is not YAML: \(cause)", remedy: "Correct the line")
    default:
      return problem(
        file: file, line: nil, "it is not YAML: \(error)", remedy: "Correct the file")
    }
  }

  /// Yams reports where the mapping with a duplicate key begins, not where the
  /// duplicate is. That is the second line from there that begins with the key.
  private static func secondLine(of key: String, in text: String, from first: Int) -> Int? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let matches = lines.indices.filter { index in
      guard index + 1 >= first else { return false }
      let line = lines[index].drop { $0 == " " }
      return ["\(key):", "\"\(key)\":", "'\(key)':"].contains { line.hasPrefix($0) }
    }
    return matches.count > 1 ? matches[1] + 1 : nil
  }
}
