import Dispatch
import ReleaseModel

/// Work that can be done on several processors at once.
enum Concurrently {
  /// What `body` makes of each item, in order; throws the first error.
  static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) throws -> Value
  ) throws -> [Value] {
    let results = Guarded<[Int: Result<Value, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
      let result = Result { try body(items[index]) }
      results.withLock { $0[index] = result }
    }
    let all = results.withLock { $0 }
    return try items.indices.compactMap { try all[$0]?.get() }
  }
}

/// A value that is made while its owner does something else.
final class Prefetched<Value: Sendable>: Sendable {
  private let result = Guarded<Result<Value, any Error>?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  init(_ make: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global().async { [result, isDone] in
      let made = Result { try make() }
      result.withLock { $0 = made }
      isDone.signal()
    }
  }

  /// Waits for it; may be asked again.
  func value() throws -> Value {
    isDone.wait()
    isDone.signal()
    guard let made = result.withLock({ $0 }) else {
      throw ComposeError(.failed, "a document", "it was not read", remedy: "Try again")
    }
    return try made.get()
  }
}
