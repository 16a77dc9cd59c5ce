import ComposeReports
import Foundation
import ReleaseModel

/// What is said on standard error: for people in lines, with `--format json` one object a
/// line. Never a stack trace.
enum Diagnostic {
  /// An error, with every finding.
  static func error(_ error: ComposeError) {
    if Invocation.isForPrograms { return write(["error": ErrorObject(error)]) }
    let style = Terminal.standardError.style(color: .auto, isVerbose: false)
    StandardStream.writeDiagnostic(style.safe(text(error, style)))
  }

  /// An error of the argument parser.
  ///
  /// - Parameters:
  ///   - cause: one sentence.
  ///   - text: what it says to people, usage included; ends without a newline.
  static func wrongUsage(_ cause: String, _ text: String) {
    if Invocation.isForPrograms {
      return write([
        "error": ErrorObject(
          ComposeError(.usage, "arguments", cause, remedy: "See: \(help(namedIn: text))"))
      ])
    }
    StandardStream.writeDiagnostic(text + "\n")
  }

  /// The command line for help that the argument parser names.
  private static func help(namedIn text: String) -> String {
    text.firstMatch(of: /See '(epel-compose [^']*)' for more/).map { String($0.output.1) }
      ?? "epel-compose help"
  }

  /// What must not be missed: `--quiet` does not silence it.
  static func warning(_ text: String) {
    if Invocation.isForPrograms { return write(["warning": Invocation.places.completed(text)]) }
    StandardStream.writeDiagnostic(laidOut("epel-compose: \(text)"))
  }

  /// What is good to know.
  static func note(_ text: String) {
    if Invocation.isForPrograms { return write(["note": Invocation.places.completed(text)]) }
    StandardStream.writeDiagnostic(laidOut(text))
  }

  /// Wrapped at a terminal, else one line, as logs want it.
  private static func laidOut(_ text: String) -> String {
    let terminal = Terminal.standardError
    guard terminal.isTerminal else {
      return Invocation.places.completed(text.sanitizedForDisplay) + "\n"
    }
    return text.sanitizedForDisplay.indented(
      "", in: terminal.style(color: .never, isVerbose: false))
  }

  private static func write(_ object: [String: some Encodable]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if let key = CommandPlaces.key { encoder.userInfo[key] = Invocation.places }
    guard let json = try? encoder.encode(object) else { return }
    StandardStream.writeDiagnostic(
      String(decoding: json, as: UTF8.self).jsonWithoutHidden + "\n")
  }

  /// `epel-compose: THING: CAUSE. REMEDY.`, then every finding that this does not say.
  private static func text(_ error: ComposeError, _ style: TextStyle) -> String {
    let program = "epel-compose:"
    var text = style.paint(program, .bad) + laidOut("\(program) \(error)").dropFirst(program.count)
    if error.findings.count > 1 || error.findings.first.map({ $0.message != error.cause }) ?? false
    {
      text += "\n" + FindingsText.section("Findings", of: error.findings, as: .bad, in: style)
    }
    return text
  }
}

/// An error as programs read it.
private struct ErrorObject: Encodable {
  /// The exit status.
  let status: Int32
  /// Its name, such as `refused`.
  let kind: String
  let thing: String
  let cause: String
  let remedy: String
  let findings: [Finding]

  init(_ error: ComposeError) {
    status = error.kind.rawValue
    kind = "\(error.kind)"
    thing = error.thing
    cause = Invocation.places.completed(error.cause)
    remedy = Invocation.places.completed(error.remedy)
    findings = error.findings
  }
}
