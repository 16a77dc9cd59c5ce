/// Why a build that is in a tree is not listed there any more.
package enum UnlistingCause: String, Hashable, Codable, Sendable {
  /// The policy keeps only newer ones.
  case retention
  /// Somebody took it out, for a reason.
  case withdrawn
  /// The push that brought it was taken back.
  case undone

  /// Whether it stays out although it is live: else the next push would bring it
  /// again.
  package var isHeld: Bool { self != .retention }
}
