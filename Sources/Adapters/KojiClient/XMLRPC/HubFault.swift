import ReleaseModel

/// What a hub says instead of a result.
package struct HubFault: Error, Hashable, Sendable {
  /// As in the hub's own table of faults.
  package let code: Int
  /// The hub's own text, which may have several lines.
  package let message: String

  /// The hub's codes that decide what a client does next.
  package enum Code {
    /// A Python error that the hub did not expect.
    package static let `internal` = 1
    /// `GenericError`: whatever has no code of its own.
    package static let generic = 1000
    /// `AuthError`: no login, or one that is refused.
    package static let auth = 1002
    /// `TagError`: the tag does not take the build.
    package static let tag = 1003
    /// `ActionNotAllowed`: the account lacks a permission.
    package static let notAllowed = 1004
    /// `AuthLockError`: another session of this user holds the lock.
    package static let authLock = 1006
    /// `AuthExpired`: the session must be renewed.
    package static let expired = 1007
    /// `SequenceError`: the number of the call is too low.
    package static let sequence = 1008
    /// `RetryError`: the call was carried out, but its reply is not kept.
    package static let retry = 1009
    /// `ServerOffline`: the hub is down for maintenance.
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
