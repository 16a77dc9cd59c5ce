import Glibc

/// How long a call is tried: waits grow from half a second to twenty, each
/// shortened by chance so that many clients do not come back at one instant,
/// until the deadline.
struct Retries {
  private static let shortest = 0.5
  private static let longest = 20.0

  /// Where nothing has answered yet, a wrong name or port is likelier than a
  /// short absence: no use in trying till the deadline.
  private static let first = 4

  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private let deadline: Int
  private var count = 0

  init(deadline seconds: Int) {
    begin = clock.now
    deadline = seconds
  }

  /// Seconds until the deadline; 0 once it is over.
  var remaining: Double {
    let spent = (clock.now - begin).components
    return max(0, Double(deadline) - Double(spent.seconds) - Double(spent.attoseconds) / 1e18)
  }

  /// Waits for the next try. Returns the seconds to wait, or nil when the
  /// deadline does not allow another try.
  mutating func next(hasAnswered: Bool) -> Double? {
    count += 1
    guard hasAnswered || count < Self.first else { return nil }
    let full = min(Self.longest, Self.shortest * Double(1 << min(count - 1, 10)))
    let wait = full * Double.random(in: 0.5...1)
    return wait < remaining ? wait : nil
  }

  /// Sleeps, and looks ten times a second whether the user wants to stop.
  static func sleep(_ seconds: Double, check: () throws -> Void) throws {
    var rest = seconds
    while rest > 0 {
      try check()
      let nap = min(rest, 0.1)
      usleep(UInt32(nap * 1_000_000))
      rest -= nap
    }
  }
}
