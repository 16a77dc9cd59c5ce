import Foundation
import Glibc
import ReleaseModel

/// How many of a sweep's points are visited: a sample, every N-th where
/// `EPEL_COMPOSE_SWEEP` says N, or all where it says 1. `.ci/run` visits every
/// eighth; `make sanitize` few: sanitizers are ten times slower, and what they look
/// for does not hide behind one call of hundreds.
package enum SweepDensity {
  /// Where the environment says nothing: a test run is a matter of minutes.
  private static let standard = 40

  package static let stride: Int = {
    let text = ProcessInfo.processInfo.environment["EPEL_COMPOSE_SWEEP"]
    return max(1, text.flatMap { Int($0) } ?? standard)
  }()

  /// The points of 1…`count` to visit, the same in every run; the last is
  /// always one of them.
  ///
  /// - Parameters:
  ///   - sweep: what the summary at the end of a run calls it.
  ///   - variant: which of the sweep's series this is, such as a scene. Series
  ///     begin at different points, so that calls which they have in common
  ///     are visited in one or the other.
  ///   - share: of how many points one is visited at most: more than 1 for a series that has
  ///     most of its calls in common with another one.
  package static func points(
    _ count: Int, of sweep: String, _ variant: String = "", share: Int = 1
  ) -> [Int] {
    guard count > 0 else { return [] }
    let stride = max(stride, share)
    // One of the first half is visited, however few there are.
    let beginnings = min(stride, max(1, count / 2))
    let offset = variant.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 1_000_003 } % beginnings
    var points = Array(Swift.stride(from: 1 + offset, through: count, by: stride))
    if points.last != count { points.append(count) }
    note(sweep, visited: points.count, of: count)
    return points
  }

  // MARK: Summary

  private struct Visits {
    var series = 0
    var visited = 0
    var total = 0
  }

  private static let visits = Guarded<[String: Visits]>([:])
  private static let printsAtExit: Bool = {
    atexit { SweepDensity.printSummary() }
    return true
  }()

  private static func note(_ sweep: String, visited: Int, of total: Int) {
    guard printsAtExit else { return }
    visits.withLock { visits in
      visits[sweep, default: Visits()].series += 1
      visits[sweep, default: Visits()].visited += visited
      visits[sweep, default: Visits()].total += total
    }
  }

  private static func printSummary() {
    print(
      stride == 1
        ? "Sweeps visited all of their points, or a share where others visit the rest:"
        : "Sweeps visited a sample of their points, every \(stride)th and the last; "
          + "EPEL_COMPOSE_SWEEP=1 visits all:")
    for (sweep, visits) in visits.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      print("  \(sweep): \(visits.visited) of \(visits.total), in \(visits.series) series")
    }
  }
}
