/// The point before every transaction of the ledger where a test can step in.
/// Nothing in the program binds ``observer``: neither an option nor the
/// environment can arm it.
package enum CommitPoint {
  /// Bound by a test for the commits of its own task.
  @TaskLocal package static var observer: (any CommitObserver)?
}

/// What a test makes of the ledger's transactions.
package protocol CommitObserver: Sendable {
  /// Called before a transaction; throws to make it fail. False leaves it
  /// out, and says that it was made: a bug on purpose.
  func willCommit() throws -> Bool

  /// Called after a transaction is durable.
  func didCommit()
}
