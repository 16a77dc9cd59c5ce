/// How text is laid out for its reader.
package struct TextStyle: Sendable {
  /// Columns of the terminal, or of a log's line.
  package let width: Int
  package let hasColor: Bool
  /// Lists in full what is otherwise only counted.
  package let isVerbose: Bool

  package init(width: Int, hasColor: Bool, isVerbose: Bool) {
    self.width = max(40, width)
    self.hasColor = hasColor
    self.isVerbose = isVerbose
  }

  /// What a piece of text is, so that colour means something.
  package enum Role: String, Sendable {
    case heading = "1"
    case good = "32"
    case attention = "33"
    case bad = "31"
    case faint = "2"
  }

  package func paint(_ text: String, _ role: Role) -> String {
    hasColor ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
