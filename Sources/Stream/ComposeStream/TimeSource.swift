import Glibc
import ReleaseModel

/// The clock, for soak and grace times and for history. Nothing is ever
/// ordered by it.
package protocol TimeSource: Sendable {
  /// Seconds since 1970.
  var now: Int { get }
}

/// The machine's clock.
package struct SystemTime: TimeSource {
  /// There is nothing to set up.
  package init() {}

  /// Whole seconds of `CLOCK_REALTIME`, within ``NumberFromOutside/times``.
  package var now: Int {
    let times = NumberFromOutside.times
    return min(max(Glibc.time(nil), times.lowerBound), times.upperBound)
  }
}

/// A clock that always shows the same time, for tests.
package struct FixedTime: TimeSource {
  /// The moment that it was made with.
  package let now: Int

  /// - Parameter now: seconds since 1970.
  package init(now: Int) { self.now = now }
}
