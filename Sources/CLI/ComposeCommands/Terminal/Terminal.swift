import ComposeReports
import Foundation
import Glibc

/// What is known of an output stream.
struct Terminal: Sendable {
  let isTerminal: Bool
  /// Columns, 40 to 1000: of the terminal itself; where the stream is none, what COLUMNS
  /// says; else, where it is a pipe, of the terminal that its reader probably shows it on;
  /// else 100.
  let width: Int

  static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
  static let standardError = Terminal(descriptor: STDERR_FILENO)

  private init(descriptor: Int32) {
    isTerminal = isatty(descriptor) == 1
    let columns =
      Self.columns(of: descriptor)
      ?? ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.flatMap {
        $0 > 0 ? $0 : nil
      }
      ?? (Self.isPipe(descriptor) ? Self.columns(of: STDERR_FILENO) ?? Self.controlling() : nil)
    width = min(max(40, columns ?? 100), 1000)
  }

  /// Nil where it is no terminal, or one that does not know.
  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// Of the terminal that the process was started at.
  private static func controlling() -> Int? {
    let descriptor = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return columns(of: descriptor)
  }

  /// - Parameters:
  ///   - color: `auto` paints only terminals, and respects NO_COLOR
  ///     (no-color.org) and TERM=dumb.
  ///   - isWhole: whether long lists are given to their end although it is a terminal.
  ///   - root: see ``TextStyle/root``.
  func style(
    color: ColorChoice, isVerbose: Bool, isWhole: Bool = true, root: String = ""
  ) -> TextStyle {
    let environment = ProcessInfo.processInfo.environment
    let hasColor =
      switch color {
      case .always: true
      case .never: false
      case .auto:
        isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
      }
    return TextStyle(
      width: width, hasColor: hasColor, isVerbose: isVerbose, isWhole: isWhole || !isTerminal,
      root: root, places: Invocation.places)
  }
}

/// `--color`.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
