import ReleaseModel

extension TextStyle {
  /// `text` of a report, with one line in front that names ``root`` where paths below it
  /// have been shown without it.
  ///
  /// - Parameter make: the text in a style.
  package func namingRoot(_ make: (TextStyle) -> String) -> String {
    let text = make(self)
    guard !root.isEmpty else { return text }
    let whole = make(
      TextStyle(width: width, hasColor: hasColor, isVerbose: isVerbose, isWhole: isWhole))
    let isShortened =
      whole.split(separator: "\n").contains { relative(String($0)) != String($0) }
      && !text.hasPrefix("root \(root.sanitizedForDisplay) (")
    return isShortened
      ? paint("Paths are below \(root.sanitizedForDisplay).", .faint) + "\n" + text : text
  }

  /// `text` with paths below ``root`` relative to it. A command line, which is for
  /// copying, keeps its own.
  func relative(_ text: String) -> String {
    guard !root.isEmpty, text.contains(root) else { return text }
    let (prose, command) = CommandInText.split(text)
    var result = ""
    var rest = prose[...]
    while let found = rest.firstRange(of: root + "/") {
      result += rest[..<found.lowerBound]
      // Within a longer path it is something else.
      let isWhole = result.last.map { !Self.continuesPath($0) } ?? true
      if !isWhole { result += rest[found] }
      rest = rest[found.upperBound...]
    }
    return result + rest + command
  }

  private static func continuesPath(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "/._-+".contains(character)
  }
}
