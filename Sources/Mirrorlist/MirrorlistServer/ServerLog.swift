import Glibc

/// Lines for whoever runs the server: on standard error, where systemd takes them.
package enum ServerLog {
  /// Writes one line, whole.
  package static func write(_ message: String) {
    let line = "epel-mirrorlist: \(message)\n"
    var bytes = Array(line.utf8)
    _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
  }
}
