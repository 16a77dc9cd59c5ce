import CDurable
import Glibc
import ReleaseModel

/// Ctrl-C and SIGTERM, noticed at safe points between steps.
package enum Interruption {
  /// From now on both signals only ask; ``check(remaining:)`` answers.
  package static func watch() { durable_catch_interrupts() }

  /// Throws `interrupted` if a signal has arrived.
  ///
  /// - Parameter remaining: what is left to do, for the message.
  package static func check(remaining: @autoclosure () -> String) throws {
    let signal = durable_interrupt()
    guard signal != 0 else { return }
    throw ComposeError(
      .interrupted, signal == SIGINT ? "Ctrl-C" : "SIGTERM", "stopped with \(remaining()) to do",
      remedy: "Run the command again: it recovers first")
  }
}
