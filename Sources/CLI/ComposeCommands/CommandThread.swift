import Glibc
import ReleaseModel
import Synchronization

/// Runs a command on the thread that calls it.
///
/// Swift's own executor takes threads from libdispatch, which waits without end where
/// the system gives none. A command does one thing after the other, so the thread that
/// the process has is enough.
final class CommandThread: TaskExecutor, @unchecked Sendable {
  private struct State {
    var jobs: [UnownedJob] = []
    var isDone = false
  }

  private let state = Guarded(State())
  /// Counts jobs, and the end; a semaphore is for all threads.
  private let signals: UnsafeMutablePointer<sem_t>

  private init() {
    signals = .allocate(capacity: 1)
    sem_init(signals, 0, 0)
  }

  deinit {
    sem_destroy(signals)
    signals.deallocate()
  }

  /// Runs `body` to its end.
  static func run(_ body: @escaping @Sendable () async -> Void) {
    let thread = CommandThread()
    Task(executorPreference: thread) {
      await body()
      thread.state.withLock { $0.isDone = true }
      sem_post(thread.signals)
    }
    thread.work()
  }

  /// Required by `TaskExecutor`: from any thread.
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    sem_post(signals)
  }

  private func work() {
    while true {
      // Interrupted by signals.
      while sem_wait(signals) != 0 {}
      let (job, isDone) = state.withLock { state in
        (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isDone)
      }
      guard let job else {
        if isDone { return }
        continue
      }
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
