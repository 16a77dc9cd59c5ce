package import ReleaseModel

/// The verdict of checks or of a verification.
package struct CheckText: Report {
  package struct Check: Encodable, Sendable {
    package let name: String
    /// `refuse`, `warn` or `off`; left out where no policy decides.
    package let level: String?
    package let passed: Bool
    package let findings: [Finding]
    package let warnings: [Finding]
    package let waived: [WaivedFinding]

    package init(
      name: String, level: String? = nil, findings: [Finding], warnings: [Finding] = [],
      waived: [WaivedFinding] = []
    ) {
      self.name = name
      self.level = level
      self.findings = findings
      self.warnings = warnings
      self.waived = waived
      passed = findings.isEmpty
    }

    /// The verdict in one word.
    fileprivate var word: String {
      level == "off" ? "off" : passed ? "passed" : "FAILED"
    }

    /// How much there is to read.
    fileprivate var counts: String {
      [("finding", findings.count), ("warning", warnings.count)]
        .filter { $0.1 > 0 }.map { "\($0.1) \($0.0)\($0.1 == 1 ? "" : "s")" }
        .joined(separator: ", ")
        + (waived.isEmpty
          ? "" : (findings.count + warnings.count > 0 ? ", " : "") + "\(waived.count) waived")
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
    for check in contents.checks { table.add([check.word, check.name, check.counts]) }
    var text = style.paint("\(verb) of \(contents.release)", .heading) + "\n" + table.text(style)
    text += "\n"
    for check in contents.checks {
      text += FindingsText.section(check.name, check.findings, .bad, style)
    }
    for check in contents.checks {
      text += FindingsText.section("\(check.name): warnings", check.warnings, .attention, style)
    }
    text += WaiversText.section(contents.checks.flatMap(\.waived), style)
    return text
      + (contents.passed
        ? style.paint("All passed.", .good) : style.paint("Not passed.", .bad)) + "\n"
  }
}
