import ComposeReports
import Foundation
import ReleaseModel

/// How errors reach a person: on standard error, never as a stack trace.
enum ErrorReporting {
  /// `epel-compose: THING: CAUSE. REMEDY.`, then every finding.
  static func text(_ error: ComposeError, _ style: TextStyle) -> String {
    var text = style.paint("epel-compose:", .bad) + " \("\(error)".sanitizedForDisplay)\n"
    if error.findings.count > 1 || error.findings.first.map({ $0.message != error.cause }) ?? false
    {
      text += "\n" + FindingsText.section("Findings", of: error.findings, as: .bad, in: style)
    }
    return text
  }

  static func write(_ error: ComposeError) {
    let style = Terminal.standardError.style(color: .auto, isVerbose: false)
    StandardStream.writeDiagnostic(style.safe(text(error, style)))
  }
}
