import CDurable

/// A system that gives no more memory, stack or room for a file.
package enum Exhaustion {
  /// From now on that ends the program with a message and its exit status, where a
  /// library would end it by a signal.
  package static func watch() { durable_answer_exhaustion() }

  /// From now on large blocks of memory go back to the system when they are freed, so that what
  /// was read does not count once it is forgotten.
  package static func returnLargeBlocks() { durable_return_large_blocks() }
}
