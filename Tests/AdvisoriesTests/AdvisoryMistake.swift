import Testing

/// A change that makes a valid file wrong, and the message: line, cause and
/// remedy.
struct AdvisoryMistake: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let message: String

  var testDescription: String { new.isEmpty ? "without \(old)" : new }

  init(_ old: String, _ new: String, _ message: String) {
    self.old = old
    self.new = new
    self.message = message
  }

  static let valid = """
    id: X-1
    type: security
    severity: important
    title: beta closes a hole
    description: |
      One line.
    issued: 2024-02-29
    updated: 2024-03-01 10:00:00
    builds: [beta-1.0-1.el9]
    bugs: [2271001, {id: 2271002, title: t}]
    cves: [CVE-2024-31234]
    references: ["https://h/a", {url: "https://h/b"}]
    suggest: reboot
    """
}
