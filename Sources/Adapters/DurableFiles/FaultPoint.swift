import ReleaseModel

/// The point before every ``Mutation`` where a test can step in. Nothing in
/// the program binds ``observer``: neither an option nor the environment can
/// arm it.
package enum FaultPoint {
  /// Bound by a test for the calls of its own task.
  @TaskLocal package static var observer: (any MutationObserver)?

  /// How many threads may make calls side by side: those of a test come one
  /// after the other, so that it can count them.
  package static var threads: Int { observer == nil ? Concurrently.processors : 1 }
}

/// What a test makes of the calls that change a file system.
package protocol MutationObserver: Sendable {
  /// Called before each attempt; nil lets it happen.
  func fault(before mutation: Mutation) -> Fault?

  /// Called after a call that succeeded.
  ///
  /// - Parameter result: what it returned, such as the new descriptor.
  func made(_ mutation: Mutation, result: Int32)
}

/// What happens instead of a call.
package enum Fault: Sendable {
  /// It fails with this errno.
  case error(Int32)
  /// A flush that is said to have succeeded, and was never made: a bug on
  /// purpose. Other calls are made all the same.
  case leftOut
}
