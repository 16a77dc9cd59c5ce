import Glibc
import ReleaseModel

/// Results of commands.
enum StandardOutput {
  /// Writes all bytes. Throws `inputOutput` where that cannot be, such as on a full disk.
  static func write(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(
          STDOUT_FILENO, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw ComposeError(
          .inputOutput, "standard output", String(cString: strerror(errno)),
          remedy: "Check where it leads to")
      }
      written += count
    }
  }
}
