/// Aliases in the text of a YAML file.
///
/// A few nested ones stand for more nodes than any memory has, and a parser that compares
/// keys with each other visits them all.
package enum YAMLAliases {
  /// How many a policy may have: enough to say a few things once, too few for a bomb.
  package static let limit = 16

  /// The aliases in `text`, with their lines, whose anchors are there, too: `*` and `&`
  /// also begin words of prose.
  package static func all(in text: String) -> [(name: String, line: Int)] {
    var anchors: Set<Substring> = []
    var aliases: [(name: Substring, line: Int)] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated() where line.contains("*") || line.contains("&")
    {
      var isAtStart = true
      var rest = line
      while let character = rest.first {
        if isAtStart, character == "*" || character == "&" {
          let name = rest.dropFirst().prefix { !$0.isWhitespace && !",[]{}".contains($0) }
          if !name.isEmpty, character == "*" { aliases.append((name, index + 1)) }
          if !name.isEmpty, character == "&" { anchors.insert(name) }
        }
        isAtStart = character.isWhitespace || "[{,".contains(character)
        rest = rest.dropFirst()
      }
    }
    return aliases.filter { alias in
      // An alias that is a key may be followed by its colon.
      anchors.contains(alias.name)
        || alias.name.hasSuffix(":") && anchors.contains(alias.name.dropLast())
    }.map { (String($0.name), $0.line) }
  }
}
