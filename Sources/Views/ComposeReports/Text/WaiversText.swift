import ReleaseModel

/// What the policy let pass, in its own words: shown wherever a verdict is.
enum WaiversText {
  static func section(
    _ waived: [WaivedFinding], _ style: TextStyle, of release: String? = nil
  ) -> String {
    guard !waived.isEmpty else { return "" }
    let heading = release.map { "Waived in \($0)" } ?? "Waived"
    return waived.reduce(style.paint(heading + " (\(waived.count.grouped))", .attention) + "\n") {
      text, item in
      text + "- \(item.finding.message)".indented("  ", in: style)
        + "\(item.check), until \(item.until): \(item.reason)".indented("    ", in: style)
    } + "\n"
  }
}
