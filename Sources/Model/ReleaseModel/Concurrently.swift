import Glibc

/// Work that can be done on several processors at once.
package enum Concurrently {
  /// How many threads do what is bound by processors.
  package static let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// How many threads read files: more than there are processors, so that
  /// some can wait for a disk while others work.
  package static let readers = max(8, 2 * processors)

  /// `0..<count` in parts of `size`, in order: what one thread does before it
  /// takes more.
  package static func shares(of count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// What `body` makes of each item, in order; throws the first error.
  package static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], threads: Int = processors, _ body: @Sendable (Item) throws -> Value
  ) throws -> [Value] {
    let results = map(items, threads: threads) { item in Result { try body(item) } }
    return try results.map { try $0.get() }
  }

  /// What `body` makes of each item, in order.
  package static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], threads: Int = processors, _ body: @Sendable (Item) -> Value
  ) -> [Value] {
    let values = Guarded<[Value?]>(Array(repeating: nil, count: items.count))
    forEach(items.indices, threads: threads) { index in
      let value = body(items[index])
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0 }.compactMap(\.self)
  }

  /// What `first` makes, on a thread of its own, and what `second` makes meanwhile. Returns when
  /// both have ended; throws the error of `first`, else that of `second`.
  package static func both<First: Sendable, Second>(
    _ first: @Sendable () throws -> First, _ second: () throws -> Second
  ) throws -> (First, Second) {
    let made = MadeOnce<Result<First, any Error>>()
    return try withoutActuallyEscaping(first) { first in
      let thread = WorkingThread { _ = made.value { Result { try first() } } }
      let other = Result { try second() }
      thread?.join()
      // Where the system has no more threads, it is made now.
      return (try made.value { Result { try first() } }.get(), try other.get())
    }
  }

  /// Calls `body` once with each number of `range`, begun in that order.
  package static func forEach(
    _ range: Range<Int>, threads: Int = processors, _ body: @Sendable (Int) -> Void
  ) {
    let count = min(threads, range.count)
    guard count > 1 else { return range.forEach(body) }
    withoutActuallyEscaping(body) { body in
      let next = Guarded(range.lowerBound)
      let work: @Sendable () -> Void = {
        while true {
          let index = next.withLock { next -> Int? in
            guard next < range.upperBound else { return nil }
            defer { next += 1 }
            return next
          }
          guard let index else { return }
          body(index)
        }
      }
      let others = (1..<count).compactMap { _ in WorkingThread(work) }
      work()
      for thread in others { thread.join() }
    }
  }
}

/// One thread of the C library: libdispatch has no more of them than there are
/// processors, even where they wait for a disk.
package struct WorkingThread {
  private let thread: pthread_t

  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Nil where the system has no more threads: the others do its work.
  init?(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return nil
    }
    self.thread = thread
  }

  func join() { pthread_join(thread, nil) }

  /// Runs `body` on a thread of its own that nobody waits for.
  ///
  /// Throws `failed` where the system has no more threads.
  package static func detach(_ body: @escaping @Sendable () -> Void) throws {
    guard let thread = WorkingThread(body) else { throw Self.none }
    pthread_detach(thread.thread)
  }

  /// Throws `failed` where the system would not give `count` threads now.
  package static func require(_ count: Int) throws {
    let isOver = Guarded(false)
    // They are there at once, and end together.
    let threads = isOver.withLock { _ in
      (0..<count).compactMap { _ in WorkingThread { isOver.withLock { $0 = true } } }
    }
    for thread in threads { thread.join() }
    if threads.count < count { throw none }
  }

  private static var none: ComposeError {
    ComposeError(
      .failed, "threads", "the system gives the program too few",
      remedy: "Raise the limit on processes (RLIMIT_NPROC, ulimit -u) or on memory (ulimit -v), "
        + "or that of the container")
  }
}

/// A value that is made when the first asks for it; others wait for that.
package final class MadeOnce<Value: Sendable>: Sendable {
  private let made = Guarded<Value?>(nil)

  /// Nothing is made yet.
  package init() {}

  /// What `make` returned when it was called first. What it throws is thrown, and the next who
  /// asks tries again.
  package func value(_ make: () throws -> Value) rethrows -> Value {
    try made.withLock { made in
      if let made { return made }
      let value = try make()
      made = value
      return value
    }
  }
}
