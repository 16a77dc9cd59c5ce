import Foundation
import ReleaseModel
package import Testing

extension Trait where Self == WaitingTests {
  /// The tests wait for other programs most of the time: they are run by
  /// threads of their own, and leave Swift's, one for each processor, to tests
  /// that compute.
  package static var waiting: Self { WaitingTests() }
}

/// See ``Testing/Trait/waiting``.
package struct WaitingTests: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    testCase == nil ? nil : self
  }

  @concurrent package func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(WaitingThreads.shared) { try await function() }
  }
}

/// A few threads that may wait.
private final class WaitingThreads: TaskExecutor {
  static let shared = WaitingThreads(3 * Concurrently.processors)

  private let jobs = NSCondition()
  private let queue = Guarded<[UnownedJob]>([])

  private init(_ count: Int) {
    for _ in 0..<count {
      let thread = Thread { [self] in
        while true { next().runSynchronously(on: asUnownedTaskExecutor()) }
      }
      // As much as a main thread has: tests are not made for less.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.lock()
    queue.withLock { $0.append(job) }
    jobs.signal()
    jobs.unlock()
  }

  private func next() -> UnownedJob {
    jobs.lock()
    defer { jobs.unlock() }
    while true {
      // What has been begun goes before what has not.
      if let job = queue.withLock({ $0.popLast() }) { return job }
      jobs.wait()
    }
  }
}
