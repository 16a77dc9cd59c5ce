import ReleaseModel
import Yams

extension AdvisoryNode {
  /// The advisories in the text of a file: of a list, or the one mapping.
  ///
  /// JSON is read as the YAML that it nearly is, so that mistakes in it have
  /// lines as well.
  static func advisories(text: String, file: String) throws -> [AdvisoryNode] {
    try checkCharacters(of: text, file: file)
    guard !YAMLAliases.areTooMany(in: text) else {
      throw ComposeError(
        .badData, place(file, nil), "it has more than \(YAMLAliases.most) aliases (*name)",
        remedy: "Write out what they stand for")
    }
    let yaml = file.hasSuffix(".json") ? SurrogateEscapes.joined(in: text) : text
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw ComposeError(
          .badData, place(file, 1), "there is no advisory in it",
          remedy: "Write one, or remove the file")
      }
      let top = AdvisoryNode(node: node, file: file, path: "")
      if case .sequence = node { return try top.list() }
      return [top]
    } catch let error as YamlError {
      throw explain(error, text: yaml, file: file)
    }
  }

  private static func checkCharacters(of text: String, file: String) throws {
    guard let index = text.unicodeScalars.firstIndex(where: { !$0.isXML }) else { return }
    let before = text.unicodeScalars[..<index]
    throw ComposeError(
      .badData, place(file, before.count { $0 == "\n" } + 1),
      "it has the character \(text.unicodeScalars[index].name), which XML cannot carry",
      remedy: "Take it out")
  }

  private static func explain(_ error: YamlError, text: String, file: String) -> ComposeError {
    func problem(_ line: Int?, _ cause: String, remedy: String) -> ComposeError {
      ComposeError(
        .badData, place(file, line), cause.sanitizedForDisplay, remedy: remedy)
    }
    let language = file.hasSuffix(".json") ? "JSON" : "YAML"
    switch error {
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.min() ?? "?"
      return problem(
        secondLine(of: key, in: text, after: context.mark), "the key '\(key)' is there twice",
        remedy: "Remove one of the two")
    case .scanner(_, let cause, let mark, _), .parser(_, let cause, let mark, _),
      .composer(_, let cause, let mark, _):
      return problem(mark.line, "it is not \(language): \(cause)", remedy: "Correct the line")
    case .reader(let cause, let offset, _, _):
      let line = offset.map { offset in text.prefix(offset).count { $0.isNewline } + 1 }
      return problem(line, "it is not \(language): \(cause)", remedy: "Correct the line")
    default:
      return problem(nil, "it is not \(language): \(error)", remedy: "Correct the file")
    }
  }

  /// Yams reports the first place of a duplicate key, not the second. That is
  /// the next line that begins with the key at the same column; where there is
  /// none, the first place is used.
  private static func secondLine(of key: String, in text: String, after first: Mark) -> Int {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let forms = ["\(key):", "\"\(key)\":", "'\(key)':"].map {
      String(repeating: " ", count: first.column - 1) + $0
    }
    let next = lines.dropFirst(first.line).firstIndex { line in
      forms.contains { line.hasPrefix($0) }
    }
    return next.map { $0 + 1 } ?? first.line
  }
}
