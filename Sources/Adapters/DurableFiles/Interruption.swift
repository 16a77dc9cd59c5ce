import CDurable
import Glibc
package import ReleaseModel
import Synchronization

/// Ctrl-C and SIGTERM. Work notices them at safe points between files and
/// steps; where it does not get to one in time, the process ends where it is,
/// which is as safe as `kill -9`: the next command recovers.
package enum Interruption {
  /// Milliseconds that work may take to a safe point; with the time to report
  /// it, the process ends within a second.
  private static let patience = 800

  private static let arrived = Atomic<Int32>(0)
  /// Whether somebody is telling of the interruption, and whether that is done.
  private static let isTelling = Atomic(false)
  private static let isTold = Atomic(false)
  private static let work = Guarded(Work())

  /// What runs, and what helps where it was stopped.
  private struct Work {
    var description = "its work"
    var remedy = "Run the command again; one that changes something recovers first"
    /// Whether a safe point was reached after a signal. What is undone on the way up from there
    /// is no new work: the second signal may arrive before the error is told.
    var isStopped = false
  }

  /// From now on both signals request an orderly stop instead of ending the
  /// process at once.
  ///
  /// - Parameter lastWords: says the error where work did not stop in time;
  ///   then the process ends with its exit status.
  ///
  /// Throws `failed` where the system gives no thread that could wait for them.
  package static func watch(lastWords: @escaping @Sendable (ComposeError) -> Void) throws {
    durable_catch_interrupts()
    try WorkingThread.detach {
      let signal = durable_wait_for_interrupt(-1)
      arrived.store(signal, ordering: .sequentiallyConsistent)
      // A second signal ends the process at once.
      _ = durable_wait_for_interrupt(patience)
      tell { lastWords(error(signal, "in the middle of \(work.withLock(\.description))")) }
      _exit(ComposeError.Kind.interrupted.rawValue)
    }
  }

  /// What would be left if the process ended here. Work that was stopped keeps what it said
  /// until the process ends.
  ///
  /// - Parameters:
  ///   - description: such as `3 of 7 steps of publish 7.06.201903`; nil for nothing that has a
  ///     name.
  ///   - remedy: what helps then; nil where the same command does.
  package static func begin(_ description: String?, remedy: String? = nil) {
    var next = Work()
    if let description { next.description = description }
    if let remedy { next.remedy = remedy }
    work.withLock { if !$0.isStopped { $0 = next } }
  }

  /// Throws `interrupted` if a signal has arrived.
  ///
  /// - Parameter remaining: what is left to do, for the message.
  package static func check(remaining: @autoclosure () -> String) throws {
    let signal = arrived.load(ordering: .relaxed)
    guard signal != 0 else { return }
    work.withLock { $0.isStopped = true }
    throw error(signal, "with \(remaining()) to do")
  }

  /// Tells of the interruption by `words`, once: either the work does that stopped, or the thread
  /// that waited for it. Each ends the process afterwards, so whoever comes second waits until the
  /// other has told all, but not longer than work has for stopping: nobody may be reading.
  package static func tell(_ words: () -> Void) {
    if !isTelling.exchange(true, ordering: .sequentiallyConsistent) {
      words()
      return isTold.store(true, ordering: .sequentiallyConsistent)
    }
    let pause = 5
    for _ in 0..<patience / pause where !isTold.load(ordering: .sequentiallyConsistent) {
      usleep(useconds_t(pause * 1000))
    }
  }

  private static func error(_ signal: Int32, _ state: String) -> ComposeError {
    ComposeError(
      .interrupted, signal == SIGINT ? "Ctrl-C" : "SIGTERM", "stopped \(state)",
      remedy: work.withLock(\.remedy))
  }
}
