import DurableFiles
import Foundation
import ReleaseModel

/// Reads many RPMs, some at a time.
enum RPMBatch {
  /// Errors that the next file would have as well.
  private static let endsAll: Set<ComposeError.Kind> = [.unavailable, .inputOutput, .interrupted]

  /// What `read` makes of each item, in order. What is wrong with a file is a
  /// result like any other, so that all problems can be told at once; where
  /// nothing can be read any more, that ends it.
  static func read<Item: Sendable, Value: Sendable>(
    _ items: [Item], reporting activity: any ActivityReporting,
    _ read: @escaping @Sendable (Item) throws -> Value
  ) async throws -> [Result<Value, any Error>] {
    activity.begin("Reading RPMs", total: items.count, unit: "RPMs")
    defer { activity.end() }
    let workers = max(2, ProcessInfo.processInfo.activeProcessorCount)
    var results: [Result<Value, any Error>?] = Array(repeating: nil, count: items.count)
    try await withThrowingTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
      var next = 0
      func startOne() {
        guard next < items.count else { return }
        let index = next
        next += 1
        group.addTask { (index, Result { try read(items[index]) }) }
      }
      for _ in 0..<workers { startOne() }
      while let (index, result) = try await group.next() {
        try Interruption.check(remaining: "reading RPMs")
        if case .failure(let error as ComposeError) = result, Self.endsAll.contains(error.kind) {
          throw error
        }
        results[index] = result
        activity.advance(by: 1)
        startOne()
      }
    }
    return results.compactMap { $0 }
  }
}
