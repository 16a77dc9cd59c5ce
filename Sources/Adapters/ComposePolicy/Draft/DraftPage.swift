import ReleaseModel

/// Writes YAML with comments, which Yams leaves out. What keys mean is taken from
/// ``PolicyKeys``.
struct DraftPage {
  /// What has been written.
  private(set) var text = ""

  /// Whether what comes now is in a section that nobody has decided about yet.
  private var isUndecided = false

  /// Columns of a line.
  private static let width = 90

  /// A key with keys of its own below, after an empty line and what it means.
  ///
  /// - Parameter isComment: whether it and all below it are comments, which somebody may
  ///   take the first two characters from.
  mutating func section(_ key: String, isComment: Bool = false) {
    text += "\n"
    isUndecided = false
    if let meaning = Self.meaning(of: key) {
      remark(meaning.prefix(1).uppercased() + meaning.dropFirst() + ".")
    }
    isUndecided = isComment
    line("\(key):", at: 0)
  }

  /// `key: value`, and what the key means: behind it, or above where that is too long.
  ///
  /// - Parameters:
  ///   - path: as in ``PolicyKeys``; nil where it needs no words.
  ///   - level: two spaces each.
  ///   - isComment: whether it stands there only as an example.
  mutating func value(
    _ key: String, _ value: String, of path: String?, at level: Int = 1, isComment: Bool = false
  ) {
    explained(
      "\(Self.scalar(key, isKey: true)): \(Self.scalar(value))", by: path, at: level,
      isComment: isComment)
  }

  /// The same for a list on one line.
  mutating func list(
    _ key: String, _ values: [String], of path: String, at level: Int = 0, isComment: Bool = false
  ) {
    if level == 0 {
      text += "\n"
      isUndecided = false
    }
    let items = values.map { Self.scalar($0) }.joined(separator: ", ")
    explained("\(key): [\(items)]", by: path, at: level, isComment: isComment)
  }

  private mutating func explained(
    _ words: String, by path: String?, at level: Int, isComment: Bool
  ) {
    guard let meaning = path.flatMap(Self.meaning(of:)) else {
      return line(words, at: level, isComment: isComment)
    }
    if 2 * level + words.count + meaning.count + 5 <= Self.width {
      line("\(words) # \(meaning)", at: level, isComment: isComment)
    } else {
      remark(meaning, at: level, isComment: isComment)
      line(words, at: level, isComment: isComment)
    }
  }

  /// One line of YAML.
  mutating func line(_ words: String, at level: Int, isComment: Bool = false) {
    text += mark(isComment) + String(repeating: "  ", count: level) + words + "\n"
  }

  private func mark(_ isComment: Bool) -> String { isComment || isUndecided ? "# " : "" }

  /// An empty line.
  mutating func gap() { text += "\n" }

  /// A comment of any length.
  mutating func remark(_ words: String, at level: Int = 0, isComment: Bool = false) {
    let indent = mark(isComment) + String(repeating: "  ", count: level) + "#"
    var line = indent
    for word in words.sanitizedForDisplay.split(separator: " ") {
      if line.count + word.count + 1 > Self.width, line != indent {
        text += line + "\n"
        line = indent
      }
      line += " " + word
    }
    text += line + "\n"
  }

  private static func meaning(of path: String) -> String? {
    PolicyKeys.all.first { $0.path == path }?.meaning
  }

  /// Words that are no text to readers of YAML 1.1.
  private static let notText: Set = ["true", "false", "yes", "no", "on", "off", "null"]

  /// As plain as YAML lets it: quoted where it would mean something else, or nothing.
  private static func scalar(_ text: String, isKey: Bool = false) -> String {
    let isPlain =
      text.wholeMatch(of: /[A-Za-z0-9\/.](?:[A-Za-z0-9 .+_\/()*{}-]|:\/)*/) != nil
      && !text.hasSuffix(" ") && !notText.contains(text.lowercased())
    let isNumber = text.allSatisfy { $0.isNumber || $0 == "." }
    if isPlain, !(isKey && isNumber) { return text }
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where character.value < 0x20 || character.value == 0x7F:
        quoted += "\\x" + String(character.value + 0x100, radix: 16).suffix(2)
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
