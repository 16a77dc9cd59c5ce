/// Sessions that ended in an error of the server. A session is one client that asks for
/// one thing, with no more than ten seconds between: librepo asks up to twelve times at
/// once where it gets a 503, and what counts is whether it got it in the end.
///
/// Lines may come up to 15 minutes late, so an error may come after the answer that
/// mended it. Requests are noted as they come, one after the other, and judged when nothing
/// can come between them any more: all errors, and other answers only to clients and things
/// that have errors.
struct FailedSessions {
  /// Seconds between two requests of one session.
  static let gap = 10
  /// Lines may be as many seconds late.
  static let lateness = 900
  /// Errors, or other answers of 15 minutes, that are kept.
  private static let limit = 1_000_000

  /// An answer without an error.
  private struct Answer {
    let key: UInt64
    let place: Place
  }

  private struct Event {
    let key: UInt64
    let place: Place
    /// Of the client, where the answer was an error; else -1.
    var kind: Int32

    var isError: Bool { kind >= 0 }
  }

  /// A time, and of equal ones which line came first.
  private struct Place: Comparable {
    private static let bits = 24
    private static let mask = 1 << bits - 1
    private let value: Int

    @inline(__always)
    init(_ time: Int, line: Int) { value = time << Self.bits | line & Self.mask }

    var time: Int { value >> Self.bits }

    /// The place behind `lines` others of this time.
    func moved(behind lines: Int) -> Place { Place(time, line: value & Self.mask &+ lines) }

    static func < (left: Place, right: Place) -> Bool { left.value < right.value }
  }

  /// For what is not judged yet; in any order.
  private var events: [Event] = []
  /// A bit for what ``events`` have errors of: most others are told from it at once.
  private var filter = Filter()
  /// Other answers since ``begun``, and those of the 15 minutes before.
  private var recent: [Answer] = []
  private var older: [Answer] = []
  private var begun = Int.min
  private var isJudged = false
  private var line = 0
  /// Answers before this time may have been forgotten too early.
  private var forgottenUntil = Int.min

  /// All requests of the first quarter of an hour, for the end of the log before this one.
  private var head: [Event] = []
  private var headEnd: Int
  private static let headLimit = 500_000

  private(set) var byDay: [Int: Int] = [:]
  private(set) var byKind: [Int: Int] = [:]
  /// Sessions that may have been taken for failed because there were too many.
  private(set) var forgotten = 0

  /// - Parameter follows: whether the log continues another one.
  init(follows: Bool) { headEnd = follows ? .max : .min }

  mutating func fail(_ key: UInt64, at time: Int, kind: Int) {
    line &+= 1
    let event = Event(key: key, place: Place(time, line: line), kind: Int32(kind))
    note(event)
    if time < forgottenUntil { forgotten += 1 }
    if events.count >= Self.limit { makeRoom() }
    events.append(event)
    filter.insert(key)
  }

  @inline(__always)
  mutating func succeed(_ key: UInt64, at time: Int) {
    line &+= 1
    let place = Place(time, line: line)
    if time < headEnd { note(Event(key: key, place: place, kind: -1)) }
    if recent.count >= Self.limit { forgetOlder() }
    recent.append(Answer(key: key, place: place))
  }

  @inline(never)
  private mutating func note(_ event: Event) {
    if headEnd == .max { headEnd = event.place.time + Self.lateness + 10 * Self.gap }
    guard event.place.time < headEnd, head.count < Self.headLimit else { return }
    head.append(event)
  }

  /// Judges what nothing can be added to: to be called with the latest time.
  @inline(__always)
  mutating func sweep(_ time: Int) {
    if time &- Self.lateness > begun { turn(time) }
  }

  @inline(never)
  private mutating func turn(_ time: Int) {
    defer { begun = time }
    guard begun != .min else { return }
    takeOlder()
    swap(&older, &recent)
    judge(before: begun - Self.lateness - Self.gap)
    isJudged = true
  }

  /// Makes events of the older answers that concern errors: every error that one of them
  /// mends has come by now.
  private mutating func takeOlder() {
    for answer in older where filter.contains(answer.key) {
      events.append(Event(key: answer.key, place: answer.place, kind: -1))
    }
    older.removeAll(keepingCapacity: true)
  }

  private mutating func forgetOlder() {
    if let last = older.map(\.place.time).max() { forgottenUntil = max(forgottenUntil, last) }
    takeOlder()
    swap(&older, &recent)
  }

  private mutating func makeRoom() {
    let before = byDay.values.reduce(0, +)
    takeOlder()
    judge(before: .max)
    forgotten += byDay.values.reduce(0, +) - before
  }

  /// Counts sessions that were over by `time`, and keeps of others what may matter.
  private mutating func judge(before time: Int) {
    guard !events.isEmpty else { return }
    var kept: [Event] = []
    var all: [Event] = []
    swap(&all, &events)
    Self.forEachSession(&all) { session in
      guard let last = session.last else { return }
      if last.place.time < time {
        if last.isError { count(last, 1) }
      } else {
        // Nothing comes between those before `time`: the last of them stands for all.
        let first = session.lastIndex { $0.place.time < time } ?? session.startIndex
        kept += session[first...]
      }
    }
    events = kept
    filter = Filter()
    for event in events where event.isError { filter.insert(event.key) }
  }

  private static func forEachSession(_ events: inout [Event], _ body: (ArraySlice<Event>) -> Void) {
    events.sort { $0.key == $1.key ? $0.place < $1.place : $0.key < $1.key }
    var start = 0
    for index in events.indices {
      let isLast =
        index + 1 == events.count || events[index + 1].key != events[index].key
        || events[index + 1].place.time - events[index].place.time > gap
      guard isLast else { continue }
      body(events[start...index])
      start = index + 1
    }
  }

  private mutating func count(_ error: Event, _ number: Int) {
    // Rounded down as ``LogTally`` does it.
    byDay[error.place.time / 86_400, default: 0] += number
    byKind[Int(error.kind), default: 0] += number
  }

  private mutating func count(_ events: [Event], _ number: Int) {
    var events = events
    Self.forEachSession(&events) { session in
      if let last = session.last, last.isError { count(last, number) }
    }
  }

  /// Adds the log that comes next: sessions that go on there did not end here.
  ///
  /// - Parameter kinds: what the kinds of `next` are here.
  mutating func append(_ next: FailedSessions, kinds: [Int]) {
    func moved(_ event: Event) -> Event {
      Event(
        key: event.key, place: event.place.moved(behind: line),
        kind: event.isError ? Int32(kinds[Int(event.kind)]) : -1)
    }
    func moved(_ answer: Answer) -> Answer {
      Answer(key: answer.key, place: answer.place.moved(behind: line))
    }
    let open = next.events.map(moved)
    let (recent, older) = (next.recent.map(moved), next.older.map(moved))
    if next.isJudged {
      join(next.head.map(moved))
      (events, self.recent, self.older) = (open, recent, older)
      (begun, filter) = (next.begun, next.filter)
    } else {
      // So short that nothing of it was judged: as if it were of this log.
      events += open
      self.recent += older + recent
      filter.formUnion(next.filter)
      if begun == .min { begun = next.begun }
    }
    line &+= next.line
    for (day, number) in next.byDay { byDay[day, default: 0] += number }
    for (kind, number) in next.byKind { byKind[kinds[kind], default: 0] += number }
    forgotten += next.forgotten
    forgottenUntil = max(forgottenUntil, next.forgottenUntil)
  }

  /// Counts what is open here with the beginning of the next log, where that alone is
  /// counted already.
  private mutating func join(_ head: [Event]) {
    for event in head where event.isError { filter.insert(event.key) }
    for answer in recent + older where filter.contains(answer.key) {
      events.append(Event(key: answer.key, place: answer.place, kind: -1))
    }
    let head = head.filter { filter.contains($0.key) }
    count(events + head, 1)
    count(head, -1)
  }

  /// Ends all: the log is over.
  mutating func finish() {
    older += recent
    takeOlder()
    judge(before: .max)
    (recent, older, head) = ([], [], [])
  }

  /// Which hashes may be known.
  private struct Filter {
    private var bits = [UInt64](repeating: 0, count: 4096)

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
      (bits[Int(truncatingIfNeeded: hash >> 6) & 4095] >> (hash & 63)) & 1 == 1
    }

    mutating func insert(_ hash: UInt64) {
      bits[Int(truncatingIfNeeded: hash >> 6) & 4095] |= 1 << (hash & 63)
    }

    mutating func formUnion(_ other: Filter) {
      for index in bits.indices { bits[index] |= other.bits[index] }
    }
  }
}
