import ComposePolicy
import ComposeReports
import Glibc
import ReleaseModel

extension Context {
  /// Asks whether to go on, where a person sits at a terminal and the real trees are
  /// about to change: no root is named, and neither `--yes` nor the policy says that
  /// nobody need be asked.
  ///
  /// - Parameters:
  ///   - title: the operation, such as `promote 7.06.201903`.
  ///   - steps: what it does, in order; asked for only where somebody is asked.
  ///
  /// Throws `refused` for any answer but yes.
  func confirm(
    _ title: String, doing steps: @autoclosure () throws -> [String], by policy: Policy
  ) throws {
    guard rootPrefix.isEmpty, !isConfirmed, policy.confirmation.isAsked,
      isatty(STDIN_FILENO) == 1, Terminal.standardError.isTerminal
    else { return }
    let steps = try steps()
    let style = Terminal.standardError.style(color: options.color, isVerbose: false)
    let shown = steps.prefix(Self.shownSteps)
    var text = style.paint(title, .heading) + " changes what users get:\n"
    text += shown.map { "- \($0)".indented("  ", in: style) }.joined()
    if steps.count > shown.count { text += "  … and \((steps.count - shown.count).grouped) more\n" }
    StandardStream.writeDiagnostic(text + "Go on? [y/N] ")
    let answer = readLine()?.lowercased() ?? ""
    guard ["y", "yes"].contains(answer) else {
      throw ComposeError(
        .refused, title, "it was not confirmed; nothing was changed",
        remedy: "Answer 'y', or add --yes; 'confirm: false' in the policy is for all commands")
    }
  }

  private static let shownSteps = 8
}
