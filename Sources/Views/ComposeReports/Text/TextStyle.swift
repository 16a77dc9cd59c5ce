package import ReleaseModel

/// How text is laid out for its reader.
package struct TextStyle: Sendable {
  /// Columns of the terminal, or of a log's line.
  package let width: Int
  /// Whether the reader's terminal takes escape sequences for colour.
  package let hasColor: Bool
  /// Lists in full what is otherwise only counted.
  package let isVerbose: Bool
  /// Whether long lists are given to their end: always where no terminal shows them.
  package let isWhole: Bool
  /// The directory that `--root` puts in front of every path: paths below it are shown
  /// relative to it. Empty for none.
  package let root: String
  /// Named in every command line that sentences have.
  package let places: CommandPlaces

  /// - Parameters:
  ///   - width: columns; fewer than 40 are taken for 40.
  ///   - isWhole: false to end long lists with how many more there are.
  ///   - root: absolute path without a slash at its end; empty for none.
  ///   - places: what command lines in sentences are to name.
  package init(
    width: Int, hasColor: Bool, isVerbose: Bool, isWhole: Bool = true, root: String = "",
    places: CommandPlaces = CommandPlaces()
  ) {
    self.width = max(40, width)
    self.hasColor = hasColor
    self.isVerbose = isVerbose
    self.isWhole = isWhole || isVerbose
    self.root = root
    self.places = places
  }

  /// What a piece of text is, so that colour means something.
  package enum Role: String, CaseIterable, Sendable {
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

  /// `text`, of any number of lines, without anything that a terminal would obey
  /// but the colours of ``paint(_:_:)``: what reports have of RPMs, hubs and policies
  /// is seen as it is. All reports go through it on their way out.
  package func safe(_ text: String) -> String {
    guard hasColor, text.utf8.contains(0x1B) else { return text.sanitizedLines }
    var result = ""
    for (index, part) in text.split(separator: "\u{1B}", omittingEmptySubsequences: false)
      .enumerated()
    {
      let isColor =
        index > 0 && Self.colors.contains { part.unicodeScalars.starts(with: $0.unicodeScalars) }
      if index > 0 { result += isColor ? "\u{1B}" : "\u{FFFD}" }
      result += String(part).sanitizedLines
    }
    return result
  }

  /// What follows an escape character in ``paint(_:_:)``.
  private static let colors = ["[0m"] + Role.allCases.map { "[\($0.rawValue)m" }

  /// `text` in the colour of `role`; unchanged without colour.
  package func paint(_ text: String, _ role: Role) -> String {
    hasColor ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
