import ReleaseModel

/// What breaks, package by package, with who answers for it and why.
enum BreakageSection {
  /// Nothing where nothing breaks, or nobody looked.
  static func lines(_ breakage: [Breakage]?, _ style: TextStyle) -> String {
    guard let breakage, !breakage.isEmpty else { return "" }
    let names = breakage.map { entry in
      entry.owner.map { "\(entry.package) (\($0))" } ?? entry.package
    }
    let heading = "breaks \(names.joined(separator: ", "))"
    var text = heading.indented("    ", in: style, as: .bad)
    for explanation in breakage.flatMap(\.explanations) {
      text += "- \(explanation)".indented("      ", in: style)
    }
    return text
  }
}
