import Glibc
import ReleaseModel

/// Writing to standard output and standard error. Foundation's FileHandle
/// traps when a disk is full or a reader has gone; here it is an error, or,
/// where only a diagnostic is lost, nothing.
enum StandardStream {
  /// Writes a result; throws `inputOutput` where it cannot be written.
  static func writeResult(_ bytes: [UInt8]) throws {
    guard write(bytes, to: STDOUT_FILENO) else {
      throw ComposeError(
        .inputOutput, "standard output",
        "it cannot be written: \(String(cString: strerror(errno))); the command itself is done",
        remedy: "Look at the outcome with: epel-compose status")
    }
  }

  /// Writes a diagnostic, if it can be written.
  static func writeDiagnostic(_ text: String) {
    _ = write(Array(text.utf8), to: STDERR_FILENO)
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
