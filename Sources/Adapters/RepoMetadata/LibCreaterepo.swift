import CCreaterepo
import ReleaseModel

/// Set-up and errors of libcreaterepo_c.
enum LibCreaterepo {
  /// Initialises the library once for the process. What it logs through GLib
  /// comes back as an error as well, and would only disturb the terminal.
  static let isReady: Bool = {
    g_log_set_default_handler({ _, _, _, _ in }, nil)
    // Do not call `cr_package_parser_init`: it reloads librpm's configuration
    // while other threads use it, and only libcreaterepo_c's own reader of RPM
    // files needs it.
    cr_xml_dump_init()
    return true
  }()

  /// Runs `body` with a place for the library's error, and throws that error
  /// as `badData` about `subject`.
  static func check<Value>(
    _ subject: String, _ body: (inout UnsafeMutablePointer<GError>?) -> Value?
  ) throws -> Value {
    _ = isReady
    var error: UnsafeMutablePointer<GError>?
    let value = body(&error)
    if let error {
      let cause = error.pointee.message.map { String(cString: $0) } ?? "unknown error"
      g_error_free(error)
      throw damaged(subject, words(cause))
    }
    guard let value else { throw damaged(subject, "libcreaterepo_c gave no result") }
    return value
  }

  /// `cause` without the names of descriptors, which are of this process alone, and
  /// without the line ends of libxml2.
  private static func words(_ cause: String) -> String {
    cause.replacing(/\s'\/proc\/self\/fd\/[0-9]+'/, with: "").split(separator: /\s+/)
      .joined(separator: " ").replacing(" )", with: ")")
  }

  static func damaged(_ subject: String, _ cause: String) -> ComposeError {
    ComposeError(
      .badData, subject.sanitizedForDisplay, cause.sanitizedForDisplay,
      remedy: "Replace it with an intact copy")
  }
}
