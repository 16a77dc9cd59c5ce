import CDurable

/// A system that gives no more memory, stack or room for a file.
package enum Exhaustion {
  /// From now on that ends the program with a message and its exit status, where a
  /// library would end it by a signal.
  package static func watch() { durable_answer_exhaustion() }
}
