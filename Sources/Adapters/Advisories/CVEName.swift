/// Names of vulnerabilities, such as `CVE-2024-31234`: a year, and a number of
/// four digits or more. dnf compares them with case.
enum CVEName {
  static func isValid(_ text: String) -> Bool {
    text.wholeMatch(of: /CVE-[0-9]{4}-[0-9]{4,}/) != nil
  }

  /// Those that a line of text has, each once, in the order of bytes.
  static func all(in texts: [String]) -> [String] {
    let pattern = /\bCVE-[0-9]{4}-[0-9]{4,}\b/.wordBoundaryKind(.simple)
    // Most titles have none, and a search for a word is much faster.
    let found = texts.filter { $0.contains("CVE-") }.flatMap { text in
      text.matches(of: pattern).map { String($0.output) }
    }
    return Set(found).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func url(of name: String) -> String { "https://www.cve.org/CVERecord?id=\(name)" }
}
