/// Command lines at the end of sentences. They are copied, so nothing is put into them, nor
/// a full stop behind them.
package enum CommandInText {
  private static let beginning = ": epel-compose "

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
}
