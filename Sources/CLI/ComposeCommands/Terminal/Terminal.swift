import ComposeReports
import Foundation
import Glibc

/// What is known of an output stream.
struct Terminal: Sendable {
  let isTerminal: Bool
  /// Columns, 40 to 1000; where there is no terminal to ask, what COLUMNS says, or 100.
  let width: Int

  static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
  static let standardError = Terminal(descriptor: STDERR_FILENO)

  private init(descriptor: Int32) {
    isTerminal = isatty(descriptor) == 1
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 100
    width = min(max(40, isTerminal && isKnown ? Int(size.ws_col) : columns), 1000)
  }

  /// - Parameter color: `auto` paints only terminals, and respects NO_COLOR
  ///   (no-color.org) and TERM=dumb.
  func style(color: ColorChoice, isVerbose: Bool) -> TextStyle {
    let environment = ProcessInfo.processInfo.environment
    let hasColor =
      switch color {
      case .always: true
      case .never: false
      case .auto:
        isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
      }
    return TextStyle(width: width, hasColor: hasColor, isVerbose: isVerbose)
  }
}

/// `--color`.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
