/// Command lines in sentences: at their end after a colon, or within in quotes or
/// parentheses. Those at the end are copied, so nothing is put behind them.
package enum CommandInText {
  private static let program = "epel-compose "
  private static let beginning = ": " + program

  /// The words, with the space at their end, and the command line; empty for none.
  package static func split(_ text: String) -> (prose: String, command: String) {
    guard let found = text.firstRange(of: beginning) else { return (text, "") }
    let start = text.index(found.lowerBound, offsetBy: 2)
    return (String(text[..<start]), String(text[start...]))
  }

  /// The sentence with a full stop, unless it ends with a command line.
  package static func ended(_ sentence: String) -> String {
    split(sentence).command.isEmpty ? sentence + "." : sentence
  }

  /// `text` with each of its command lines as `rewrite` makes it anew.
  package static func rewritten(_ text: String, _ rewrite: (String) -> String) -> String {
    var result = ""
    var rest = text[...]
    while let found = rest.firstRange(of: program) {
      result += rest[..<found.lowerBound]
      guard let end = end(of: rest[found.lowerBound...], after: result) else {
        result += rest[found]
        rest = rest[found.upperBound...]
        continue
      }
      result += rewrite(String(rest[found.lowerBound..<end]))
      rest = rest[end...]
    }
    return result + rest
  }

  /// Where the command line ends that `text` begins with; nil where it is none, but the
  /// program's name in a sentence.
  private static func end(of text: Substring, after prose: String) -> String.Index? {
    let words = text.dropFirst(program.count)
    guard let first = words.first, first.isASCII, first.isLowercase else { return nil }
    if prose.hasSuffix("'") { return words.firstIndex(of: "'") }
    if prose.hasSuffix("(") { return words.firstIndex(of: ")") }
    guard prose.isEmpty || prose.hasSuffix(": ") else { return nil }
    var isQuoted = false
    for index in words.indices {
      switch words[index] {
      case "'": isQuoted.toggle()
      case ";" where !isQuoted, "\n" where !isQuoted: return index
      default: break
      }
    }
    return words.endIndex
  }
}
