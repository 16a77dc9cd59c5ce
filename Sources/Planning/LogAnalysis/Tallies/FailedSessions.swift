/// Sessions that ended in an error of the server. A session is one client that asks for
/// one thing, with no more than ten seconds between: librepo asks up to twelve times at
/// once where it gets a 503, and what counts is whether it got it in the end.
///
/// Only sessions with an error are kept: others cannot have failed.
struct FailedSessions {
  /// Seconds between two requests of one session.
  static let gap = 10
  /// Lines may be as many seconds late.
  static let lateness = 900
  private static let limit = 1_000_000

  private struct Session {
    var last: Int
    var day: Int
    var kind: Int
  }

  private var open: [UInt64: Session] = [:]
  /// A bit for what clients with open sessions have in common: most others are told from
  /// them without a look into the table.
  private var filter = [UInt64](repeating: 0, count: 1024)
  private var swept = 0

  /// What came first of each client and thing in the first seconds; for the end of the
  /// log before this one.
  private var head: [UInt64: Int] = [:]
  /// Until when that is noted: from the first line on, where a log is before this one.
  private var headEnd: Int
  private static let headLimit = 200_000

  private(set) var byDay: [Int: Int] = [:]
  private(set) var byKind: [Int: Int] = [:]
  /// Sessions that were taken for failed because there were too many.
  private(set) var forgotten = 0

  /// - Parameter follows: whether the log continues another one.
  init(follows: Bool) { headEnd = follows ? .max : .min }

  /// Whether ``succeed(_:at:)`` has to be told about a request of this client.
  @inline(__always)
  func concerns(_ client: UInt64, at time: Int) -> Bool {
    (filter[Int(truncatingIfNeeded: client >> 6) & 1023] >> (client & 63)) & 1 == 1
      || time < headEnd
  }

  mutating func fail(_ client: UInt64, _ key: UInt64, at time: Int, day: Int, kind: Int) {
    note(key, at: time)
    filter[Int(truncatingIfNeeded: client >> 6) & 1023] |= 1 << (client & 63)
    guard var session = open[key] else {
      if open.count >= Self.limit { makeRoom() }
      open[key] = Session(last: time, day: day, kind: kind)
      return
    }
    if abs(time - session.last) <= Self.gap {
      if time >= session.last { (session.last, session.day) = (time, day) }
      open[key] = session
    } else if time > session.last {
      count(session)
      open[key] = Session(last: time, day: day, kind: kind)
    } else {
      count(Session(last: time, day: day, kind: kind))
    }
  }

  mutating func succeed(_ key: UInt64, at time: Int) {
    note(key, at: time)
    guard let session = open[key] else { return }
    if time - session.last > Self.gap {
      count(session)
      open[key] = nil
    } else if time >= session.last {
      open[key] = nil
    }
  }

  @inline(__always)
  private mutating func note(_ key: UInt64, at time: Int) {
    if time < headEnd { noteFirst(key, at: time) }
  }

  private mutating func noteFirst(_ key: UInt64, at time: Int) {
    if headEnd == .max { headEnd = time + 2 * Self.gap }
    guard head[key] == nil, head.count < Self.headLimit else { return }
    head[key] = time
  }

  /// Ends what nothing can be added to: to be called now and then with the latest time.
  mutating func sweep(_ time: Int) {
    guard time >= swept + 60 else { return }
    swept = time
    guard !open.isEmpty else { return }
    for (key, session) in open where session.last < time - Self.lateness - Self.gap {
      count(session)
      open[key] = nil
    }
    // What is over no longer concerns.
    if open.isEmpty { filter = [UInt64](repeating: 0, count: filter.count) }
  }

  private mutating func makeRoom() {
    forgotten += open.count
    for session in open.values { count(session) }
    open = [:]
  }

  private mutating func count(_ session: Session) {
    byDay[session.day, default: 0] += 1
    byKind[session.kind, default: 0] += 1
  }

  /// Adds the log that comes next: sessions that go on there did not end here.
  ///
  /// - Parameter kinds: what the kinds of `next` are here.
  mutating func append(_ next: FailedSessions, kinds: [Int]) {
    for (key, session) in open {
      guard let first = next.head[key], (0...Self.gap).contains(first - session.last)
      else { continue }
      // If that one failed too, it is counted there.
      open[key] = nil
    }
    for session in open.values { count(session) }
    open = next.open.mapValues { Session(last: $0.last, day: $0.day, kind: kinds[$0.kind]) }
    filter = next.filter
    swept = next.swept
    byDay.merge(next.byDay, uniquingKeysWith: +)
    for (kind, number) in next.byKind { byKind[kinds[kind], default: 0] += number }
    forgotten += next.forgotten
  }

  /// Ends all: the log is over.
  mutating func finish() {
    for session in open.values { count(session) }
    open = [:]
  }
}
