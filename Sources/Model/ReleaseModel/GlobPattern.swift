/// A file-name pattern with `*` (any run of characters) and `?` (any one
/// character), such as `README-RETIRED*`. Case counts, as in the proposal.
package struct GlobPattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as the policy has it.
  package let description: String

  /// Every text is a pattern: there is no escape for `*` and `?`.
  package init(_ pattern: String) {
    description = pattern
  }

  /// Whether the whole of `name` matches.
  package func matches(_ name: String) -> Bool {
    let pattern = Array(description.unicodeScalars)
    let text = Array(name.unicodeScalars)
    var p = 0
    var t = 0
    // Where to resume when a guess about the last `*` turns out wrong.
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let (starPattern, starText) = star {
        p = starPattern + 1
        t = starText + 1
        star = (starPattern, starText + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
