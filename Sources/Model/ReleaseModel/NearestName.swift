/// The name that someone probably meant.
package enum NearestName {
  /// The candidate with the fewest edits from `name`, if it is near enough
  /// (a third of the letters, two at least) to be what was meant.
  package static func of(_ name: String, among candidates: [String]) -> String? {
    // Nobody misspells a name of hundreds of characters, and they would take long.
    guard name.utf8.count <= 200 else { return nil }
    let ranked = candidates.map { (distance(name.lowercased(), $0.lowercased()), $0) }
    guard let best = ranked.min(by: { $0 < $1 }), best.0 <= max(2, name.count / 3) else {
      return nil
    }
    return best.1
  }

  /// Levenshtein distance: insertions, deletions and substitutions.
  private static func distance(_ lhs: String, _ rhs: String) -> Int {
    let right = Array(rhs)
    var row = Array(0...right.count)
    for (i, left) in lhs.enumerated() {
      var previous = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = previous + (left == other ? 0 : 1)
        previous = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
