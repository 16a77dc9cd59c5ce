package import ReleaseModel

/// Findings as people read them: what, then what to do.
package enum FindingsText {
  /// A section with a heading; empty where there are no findings. Findings of
  /// one kind with one remedy share it.
  package static func section(
    _ heading: String, of findings: [Finding], as role: TextStyle.Role, in style: TextStyle
  ) -> String {
    guard !findings.isEmpty else { return "" }
    var text = style.paint("\(heading) (\(findings.count))", role) + "\n"
    var index = 0
    while index < findings.count {
      let finding = findings[index]
      var messages = [finding.message]
      while index + 1 < findings.count, findings[index + 1].code == finding.code,
        findings[index + 1].remedy == finding.remedy
      {
        index += 1
        messages.append(findings[index].message)
      }
      text += lines(messages, remedy: finding.remedy, in: style)
      index += 1
    }
    return text + "\n"
  }

  /// More than this many alike are counted instead of listed.
  private static let limit = 8

  private static func lines(_ messages: [String], remedy: String, in style: TextStyle) -> String {
    let shown = style.isVerbose ? messages : Array(messages.prefix(limit))
    var text = shown.map { "- \($0)".indented("  ", to: style.width) }.joined()
    if messages.count > shown.count {
      text += "  … and \(messages.count - shown.count) more like these (--verbose lists them)\n"
    }
    return text + "\(remedy).".indented("    ", to: style.width)
  }
}
