package import ReleaseModel

/// Findings as people read them: what, then what to do.
package enum FindingsText {
  /// A section with a heading; empty where there are no findings. Findings of one code are
  /// together, and those with one remedy share it.
  package static func section(
    _ heading: String, of findings: [Finding], as role: TextStyle.Role, in style: TextStyle
  ) -> String {
    guard !findings.isEmpty else { return "" }
    return style.paint("\(heading) (\(findings.count.grouped))", role) + "\n"
      + findings.grouped(by: \.code).map { lines($0, in: style) }.joined() + "\n"
  }

  /// More than this many alike are counted instead of listed.
  private static let limit = 8

  private static func lines(_ alike: [Finding], in style: TextStyle) -> String {
    let (shown, _) = style.excerpt(of: alike, upTo: limit)
    let left = alike.count - shown.count
    let more = left > 0 ? TextStyle.more(left, "more like these").indented("  ", in: style) : ""
    let groups = Array(shown).grouped(by: \.remedy)
    let isOne = groups.count == 1
    return groups.map { group in
      group.map { "- \($0.message)".indented("  ", in: style) }.joined()
        + (isOne ? more : "") + CommandInText.ended(group[0].remedy).indented("    ", in: style)
    }.joined() + (isOne ? "" : more)
  }
}

extension [Finding] {
  /// Those of one key together, in the order of the first of each.
  fileprivate func grouped(by key: (Finding) -> String) -> [[Finding]] {
    var places: [String: Int] = [:]
    var groups: [[Finding]] = []
    for finding in self {
      if let place = places[key(finding)] {
        groups[place].append(finding)
      } else {
        places[key(finding)] = groups.count
        groups.append([finding])
      }
    }
    return groups
  }
}
