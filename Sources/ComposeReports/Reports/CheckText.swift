package import ReleaseModel

/// The verdict of checks or of a verification.
package struct CheckText: Report {
  package struct Check: Encodable, Sendable {
    package let name: String
    package let passed: Bool
    package let findings: [Finding]

    package init(name: String, findings: [Finding]) {
      self.name = name
      self.findings = findings
      passed = findings.isEmpty
    }
  }

  /// Keys of the command line's JSON.
  package struct Value: Encodable, Sendable {
    package let release: String
    package let passed: Bool
    package let checks: [Check]
  }

  let contents: Value
  private let verb: String

  /// - Parameter verb: `Checks` or `Verification`.
  package init(_ verb: String, of release: String, checks: [Check]) {
    self.verb = verb
    contents = Value(release: release, passed: checks.allSatisfy(\.passed), checks: checks)
  }

  package var passed: Bool { contents.passed }

  package var value: any Encodable { contents }

  package func text(_ style: TextStyle) -> String {
    var table = TextTable(["", "", ""])
    for check in contents.checks {
      table.add([
        check.passed ? "passed" : "FAILED", check.name,
        check.findings.isEmpty
          ? "" : "\(check.findings.count) finding\(check.findings.count == 1 ? "" : "s")",
      ])
    }
    var text = style.paint("\(verb) of \(contents.release)", .heading) + "\n" + table.text(style)
    text += "\n"
    for check in contents.checks {
      text += FindingsText.section(check.name, check.findings, .bad, style)
    }
    return text
      + (contents.passed
        ? style.paint("All passed.", .good) : style.paint("Not passed.", .bad)) + "\n"
  }
}
