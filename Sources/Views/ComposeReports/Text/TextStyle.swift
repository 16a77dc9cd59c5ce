/// How text is laid out for its reader.
package struct TextStyle: Sendable {
  /// Columns of the terminal, or of a log's line.
  package let width: Int
  /// Whether the reader's terminal takes escape sequences for colour.
  package let hasColor: Bool
  /// Lists in full what is otherwise only counted.
  package let isVerbose: Bool

  /// - Parameter width: columns; fewer than 40 are taken for 40.
  package init(width: Int, hasColor: Bool, isVerbose: Bool) {
    self.width = max(40, width)
    self.hasColor = hasColor
    self.isVerbose = isVerbose
  }

  /// What a piece of text is, so that colour means something.
  package enum Role: String, Sendable {
    /// Titles and headings.
    case heading = "1"
    /// What is as it should be.
    case good = "32"
    /// What a person should look at.
    case attention = "33"
    /// What failed or was refused.
    case bad = "31"
    /// What only explains the rest, such as column heads.
    case faint = "2"
  }

  /// `text` in the colour of `role`; unchanged without colour.
  package func paint(_ text: String, _ role: Role) -> String {
    hasColor ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
