import ComposeReports
import Foundation
import ReleaseModel

/// What is said on standard error: for people in lines, with `--format json` one object a
/// line. Never a stack trace.
enum Diagnostic {
  /// Whether programs read standard error. An error may come before the arguments are
  /// parsed, so they are looked through here.
  private static let isForPrograms: Bool = {
    let arguments = CommandLine.arguments.dropFirst()
    let words = arguments.prefix { $0 != "--" }
    let values =
      zip(words, words.dropFirst()).filter { $0.0 == "--format" }.map(\.1)
      + words.filter { $0.hasPrefix("--format=") }.map { String($0.dropFirst("--format=".count)) }
    return values.contains(OutputFormat.json.rawValue)
  }()

  /// An error, with every finding.
  static func error(_ error: ComposeError) {
    if isForPrograms { return write(["error": ErrorObject(error)]) }
    let style = Terminal.standardError.style(color: .auto, isVerbose: false)
    StandardStream.writeDiagnostic(style.safe(text(error, style)))
  }

  /// An error of the argument parser.
  ///
  /// - Parameters:
  ///   - cause: one sentence.
  ///   - text: what it says to people, usage included; ends without a newline.
  static func wrongUsage(_ cause: String, _ text: String) {
    if isForPrograms {
      return write([
        "error": ErrorObject(
          ComposeError(.usage, "arguments", cause, remedy: "See: epel-compose help"))
      ])
    }
    StandardStream.writeDiagnostic(text + "\n")
  }

  /// What must not be missed: `--quiet` does not silence it.
  static func warning(_ text: String) {
    if isForPrograms { return write(["warning": text]) }
    StandardStream.writeDiagnostic(laidOut("epel-compose: \(text)"))
  }

  /// What is good to know.
  static func note(_ text: String) {
    if isForPrograms { return write(["note": text]) }
    StandardStream.writeDiagnostic(laidOut(text))
  }

  /// Wrapped at a terminal, else one line, as logs want it.
  private static func laidOut(_ text: String) -> String {
    let terminal = Terminal.standardError
    guard terminal.isTerminal else { return text.sanitizedForDisplay + "\n" }
    return text.sanitizedForDisplay.indented(
      "", in: terminal.style(color: .never, isVerbose: false))
  }

  private static func write(_ object: [String: some Encodable]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
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
    cause = error.cause
    remedy = error.remedy
    findings = error.findings
  }
}
