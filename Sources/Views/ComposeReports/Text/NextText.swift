/// What to do or to know next.
package enum NextText {
  /// One sentence a line; a command line that has no room stands below its words, whole.
  package static func lines(_ sentences: [String], in style: TextStyle) -> String {
    sentences.map { sentence in
      let whole = "Next: \(sentence)"
      return whole.indented("", in: style)
    }.joined()
  }
}
