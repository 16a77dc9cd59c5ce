package import ReleaseModel

/// The verdict of checks or of a verification, in text; its JSON is that of
/// the ``CheckReport``.
package struct CheckReportText: Report {
  private let report: CheckReport
  private let verb: String

  /// - Parameter verb: `Checks` or `Verification`.
  package init(_ report: CheckReport, verb: String = "Checks") {
    self.report = report
    self.verb = verb
  }

  /// The ``CheckReport``.
  package var value: any Encodable { report }

  /// A table of all checks, then findings, warnings and what was waived.
  package func text(_ style: TextStyle) -> String {
    var table = TextTable(["", "", ""])
    for check in report.checks { table.add([check.word, check.name, check.counts]) }
    var text = style.paint("\(verb) of \(report.release)", .heading) + "\n" + table.text(style)
    text += "\n"
    for check in report.checks {
      text += FindingsText.section(check.name, of: check.findings, as: .bad, in: style)
    }
    for check in report.checks {
      text += FindingsText.section(
        "\(check.name): warnings", of: check.warnings, as: .attention, in: style)
    }
    text += WaiversText.section(report.waived, style)
    return text
      + (report.passed
        ? style.paint("All passed.", .good) : style.paint("Not passed.", .bad)) + "\n"
  }
}

extension CheckResult {
  /// The verdict in one word.
  fileprivate var word: String {
    level == .off ? "off" : passed ? "passed" : "FAILED"
  }

  /// How much there is to read.
  fileprivate var counts: String {
    let counts = countsOfFindings
    let notes = (self.notes ?? []).map(\.message)
    return ((counts.isEmpty ? [] : [counts]) + notes).joined(separator: "; ")
  }

  private var countsOfFindings: String {
    [("finding", findings.count), ("warning", warnings.count)]
      .filter { $0.1 > 0 }.map { $0.1.counted($0.0) }
      .joined(separator: ", ")
      + (waived.isEmpty
        ? "" : (findings.count + warnings.count > 0 ? ", " : "") + "\(waived.count.grouped) waived")
  }
}
