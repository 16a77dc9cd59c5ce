import Foundation

/// How many of a sweep's points are visited: all, or every N-th where
/// `EPEL_COMPOSE_SWEEP` says N. `make sanitize` does: sanitizers are ten times
/// slower, and what they look for does not hide behind one call of hundreds.
package enum SweepDensity {
  package static let stride: Int = {
    let text = ProcessInfo.processInfo.environment["EPEL_COMPOSE_SWEEP"]
    return max(1, text.flatMap { Int($0) } ?? 1)
  }()

  /// The points 1…count to visit; never none.
  package static func points(_ count: Int) -> [Int] {
    Array(Swift.stride(from: 1, through: count, by: stride))
  }
}
