import ReleaseModel

/// What a hub says instead of a result.
package struct HubFault: Error, Hashable, Sendable {
  /// As in the hub's own table of faults.
  package let code: Int
  package let message: String

  /// The hub's codes that decide what a client does next.
  package enum Code {
    package static let `internal` = 1
    package static let generic = 1000
    package static let auth = 1002
    package static let tag = 1003
    package static let notAllowed = 1004
    package static let authLock = 1006
    package static let expired = 1007
    package static let sequence = 1008
    package static let retry = 1009
    package static let offline = 1014
  }

  /// An internal error's message is a traceback: its last line says what
  /// happened, and no traceback ever reaches a user.
  package var summary: String {
    let lines = message.split(whereSeparator: \.isNewline)
    let line = message.hasPrefix("Traceback") ? lines.last : lines.first
    return String((line ?? "no reason given").prefix(300)).sanitizedForDisplay
  }
}
