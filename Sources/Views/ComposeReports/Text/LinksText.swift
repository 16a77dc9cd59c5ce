/// Where links lead.
enum LinksText {
  /// A line each, sorted by path; empty for none.
  ///
  /// - Parameters:
  ///   - links: targets by path; nil where there is no link.
  ///   - absent: what stands in the place of a target that is nil.
  static func table(
    of links: [String: String?], absent: String, in style: TextStyle
  ) -> String {
    guard !links.isEmpty else { return "" }
    var table = TextTable(["", "", ""])
    for (path, target) in links.sorted(by: { $0.key < $1.key }) {
      table.add([path, "->", target ?? absent])
    }
    return table.text(style)
  }
}
