import DurableFiles
import ReleaseModel

/// Reads many RPMs, some at a time.
enum RPMBatch {
  /// Kinds of error that every further file would meet as well.
  private static let endsAll: Set<ComposeError.Kind> = [.unavailable, .inputOutput, .interrupted]

  /// What `read` makes of each item, in order. What is wrong with a file is a
  /// result like any other, so that all problems can be told at once; where
  /// nothing can be read any more, that ends it.
  static func read<Item: Sendable, Value: Sendable>(
    _ items: [Item], reporting activity: any ActivityReporting,
    _ read: @escaping @Sendable (Item) throws -> Value
  ) throws -> [Result<Value, any Error>] {
    activity.begin("Reading RPMs", total: items.count, unit: "RPMs")
    defer { activity.end() }
    let results = Guarded<[Result<Value, any Error>?]>(Array(repeating: nil, count: items.count))
    let end = Guarded<(any Error)?>(nil)
    Concurrently.forEach(items.indices, threads: Concurrently.readers) { index in
      guard end.withLock({ $0 }) == nil else { return }
      let result = Result {
        try Interruption.check(remaining: "reading RPMs")
        return try read(items[index])
      }
      if case .failure(let error as ComposeError) = result, Self.endsAll.contains(error.kind) {
        end.withLock { $0 = $0 ?? error }
      }
      results.withLock { $0[index] = result }
      activity.advance(by: 1)
    }
    if let error = end.withLock({ $0 }) { throw error }
    return results.withLock { $0 }.compactMap { $0 }
  }
}
