import Glibc

/// Work that has begun and has not ended. One stretch may begin within another, and checks
/// that run side by side have several on different threads.
struct Stretches {
  struct Stretch {
    let title: String
    /// Nil where it is not known.
    let total: Int?
    /// Empty where nothing is counted.
    let unit: String
    var done = 0
    let began = ContinuousClock.now
    fileprivate let thread = pthread_self()
  }

  private var running: [Stretch] = []

  /// The one to tell of: the latest that is counted, which is the longest as a rule; else the
  /// latest.
  var shown: Stretch? { place.map { running[$0] } }

  private var place: Int? { running.lastIndex { !$0.unit.isEmpty } ?? running.indices.last }

  mutating func begin(_ title: String, total: Int?, unit: String) {
    running.append(Stretch(title: title, total: total, unit: unit))
  }

  mutating func advance(by count: Int) {
    if let place { running[place].done += count }
  }

  /// Ends what this thread began last.
  mutating func end() {
    let thread = pthread_self()
    let own = running.lastIndex { pthread_equal($0.thread, thread) != 0 }
    if let ended = own ?? running.indices.last { running.remove(at: ended) }
  }
}
