import ComposePlanning
import ReleaseModel

/// Builds that are left out, and why.
enum SkippedText {
  /// Empty for no entries.
  static func section(
    _ heading: String, of entries: [SkippedEntry], in style: TextStyle
  ) -> String {
    guard !entries.isEmpty else { return "" }
    let (shown, rest) = style.excerpt(of: entries)
    return style.paint("\(heading) (\(entries.count.grouped))", .heading) + "\n"
      + shown.map { "- \($0.nvr): \($0.reason)".indented("  ", in: style) }.joined()
      + (rest.map { "  \($0)\n" } ?? "") + "\n"
  }
}
