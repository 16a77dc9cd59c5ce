import Glibc

/// The clock, for soak and grace times and for history. Nothing is ever
/// ordered by it.
package protocol TimeSource: Sendable {
  /// Seconds since 1970.
  var now: Int { get }
}

/// The machine's clock.
package struct SystemTime: TimeSource {
  package init() {}

  package var now: Int { Glibc.time(nil) }
}

/// A clock that stands still: for tests and rehearsals.
package struct FixedTime: TimeSource {
  package let now: Int

  package init(now: Int) { self.now = now }
}
