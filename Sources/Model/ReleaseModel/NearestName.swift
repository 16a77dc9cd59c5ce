/// The name that someone probably meant.
package enum NearestName {
  /// The candidate with the fewest edits from `name`, if it is near enough (a third of
  /// the letters, two at least, but never half of them) to be what was meant; else the
  /// only one that begins with it.
  package static func of(_ name: String, among candidates: [String]) -> String? {
    // Nobody misspells a name of hundreds of characters, and they would take long.
    guard name.utf8.count <= 200 else { return nil }
    let ranked = candidates.map { (distance(name.lowercased(), $0.lowercased()), $0) }
    if let best = ranked.min(by: { $0 < $1 }), best.0 <= max(2, name.count / 3),
      2 * best.0 < max(name.count, 2)
    {
      return best.1
    }
    let longer = candidates.filter { !name.isEmpty && $0.hasPrefix(name) }
    return longer.count == 1 ? longer.first : nil
  }

  /// Insertions, deletions, substitutions, and neighbours that changed places
  /// (optimal string alignment).
  private static func distance(_ lhs: String, _ rhs: String) -> Int {
    let (left, right) = (Array(lhs), Array(rhs))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var least = min(last[j + 1], row[j]) + 1
        least = min(least, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
