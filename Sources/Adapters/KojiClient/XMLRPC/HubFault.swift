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

  /// Whether the same call may well succeed in a moment: the database of the hub
  /// gave way to somebody else's change, or the hub met an error of its own.
  package var isPassing: Bool {
    if [Code.internal, Code.offline].contains(code) { return true }
    return Self.passing.contains { message.contains($0) }
  }

  /// PostgreSQL's words for what two writers do to each other.
  private static let passing = [
    "deadlock detected", "duplicate key value violates unique constraint",
    "could not serialize access", "could not obtain lock", "lock timeout",
    "current transaction is aborted", "canceling statement due to",
  ]

  /// What to ask the hub's administrators for, by the hub's own words for what it
  /// refuses (``Code/notAllowed``): a policy by its name, a permission, a lock.
  package var neededRight: String {
    // The hub says it at the beginning; a search through megabytes would take hours.
    let message = message.prefix(1000)
    if let policy = message.firstMatch(of: /policy violation \(([^)]*)\)/)?.output.1 {
      return "Ask the hub's administrators to let the account pass the policy "
        + "'\(String(policy).sanitizedForDisplay)'"
    }
    if let permission = message.firstMatch(of: /requires (\S+) permission/)?.output.1
      ?? message.firstMatch(of: /(\S+) permission required/)?.output.1
    {
      return "Ask the hub's administrators for the permission "
        + "'\(String(permission).sanitizedForDisplay)', or log in as somebody who has it"
    }
    if message.contains("tag is locked") { return "Unlock the tag: koji edit-tag --unlock TAG" }
    return "Ask the hub's administrators for the right, or log in as somebody who has it"
  }

  /// An internal error's message is a traceback: its last line says what
  /// happened, and no traceback ever reaches a user.
  package var summary: String {
    let lines = message.split(whereSeparator: \.isNewline)
    let line = message.hasPrefix("Traceback") ? lines.last : lines.first
    return String((line ?? "no reason given").prefix(300)).sanitizedForDisplay
  }
}
