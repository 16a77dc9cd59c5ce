import Glibc
import ReleaseModel

/// Writing to standard output and standard error. Foundation's FileHandle
/// traps when a disk is full or a reader has gone; here it is an error, or,
/// where only a diagnostic is lost, nothing.
enum StandardStream {
  /// Whoever read standard output has gone, and knows it. The exit status is that of an
  /// output that cannot be written.
  struct ReaderGone: Error {}

  /// Writes a result; throws `inputOutput` where it cannot be written, and ``ReaderGone``
  /// where nobody reads it any more and nothing was changed.
  ///
  /// - Parameter outcome: a command line that shows what was done; nil where nothing was.
  static func writeResult(_ bytes: [UInt8], outcome: String? = nil) throws {
    if write(bytes, to: STDOUT_FILENO) { return }
    let code = errno
    if outcome == nil, code == EPIPE { throw ReaderGone() }
    let cause = "it cannot be written: \(String(cString: strerror(code)))"
    throw ComposeError(
      .inputOutput, "standard output",
      cause + (outcome == nil ? "" : "; the command itself is done"),
      remedy: outcome.map { "Look at the outcome with: \($0)" }
        ?? "Free space there, or write it elsewhere")
  }

  /// Writes a diagnostic, if it can be written; passwords in URLs are left out.
  static func writeDiagnostic(_ text: String) {
    _ = write(Array(text.withoutPassword.utf8), to: STDERR_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }
}
