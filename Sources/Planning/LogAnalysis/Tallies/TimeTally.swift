/// Requests and errors by day and by minute of the day.
///
/// Nearly all lines are of the minute of the one before: requests of a minute are counted
/// together, and put away when another one comes.
struct TimeTally {
  private static let dayLimit = 4000

  private(set) var days: [DayTally] = []
  private var numbers: [Int: Int] = [:]
  /// By minute of the day.
  private(set) var minuteRequests = [Int](repeating: 0, count: 1440)
  private(set) var minuteErrors = [Int](repeating: 0, count: 1440)
  /// Requests of days more than there can be.
  private(set) var dayless = 0

  /// When the minute began that is counted now; the largest number for none.
  private var start = Int.max
  /// Its requests that are not in ``days`` and ``minuteRequests`` yet.
  private var requests = 0
  private var day = 0
  private var minute = 0

  /// Counts a request; false where there are too many days.
  ///
  /// - Parameter time: seconds since 1970, not negative.
  @inline(__always)
  mutating func add(at time: Int) -> Bool {
    if UInt(bitPattern: time &- start) >= 60, !begin(time) { return false }
    requests &+= 1
    return true
  }

  /// Counts an error of the request that was added last.
  mutating func fail(_ status: Int, client: UInt64) {
    days[day].count(status)
    days[day].clients.insert(client)
    minuteErrors[minute] &+= 1
  }

  @inline(never)
  private mutating func begin(_ time: Int) -> Bool {
    flush()
    guard let day = number(of: time / 86_400) else {
      dayless += 1
      return false
    }
    self.day = day
    start = time / 60 * 60
    minute = time % 86_400 / 60
    return true
  }

  /// Nil where there are too many.
  private mutating func number(of day: Int) -> Int? {
    if let known = numbers[day] { return known }
    guard days.count < Self.dayLimit else { return nil }
    numbers[day] = days.count
    days.append(DayTally(day: day))
    return days.count - 1
  }

  /// Puts away what is counted: to be called before anything is read.
  mutating func flush() {
    if requests > 0 {
      days[day].requests += requests
      minuteRequests[minute] += requests
    }
    requests = 0
    start = .max
  }

  mutating func merge(_ other: TimeTally) {
    flush()
    var other = other
    other.flush()
    for day in other.days {
      if let number = number(of: day.day) {
        days[number].merge(day)
      } else {
        dayless += day.requests
      }
    }
    dayless += other.dayless
    for minute in 0..<1440 {
      minuteRequests[minute] += other.minuteRequests[minute]
      minuteErrors[minute] += other.minuteErrors[minute]
    }
  }
}
