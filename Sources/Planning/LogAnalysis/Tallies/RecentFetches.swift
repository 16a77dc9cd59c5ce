/// Who asked for which repomd.xml in the last hour or two of the log: how often in the
/// hour, and when last.
///
/// One table for each hour, of at most half a million pairs of client and repository.
/// Where there are more within an hour, the oldest are forgotten, and counted.
struct RecentFetches {
  private struct Entry {
    var key: UInt64 = 0
    /// Second of the hour, plus one; 0 where every answer was an error.
    var last: UInt16 = 0
    /// The same of the one before: what is late may be from between them.
    var earlier: UInt16 = 0
    var count: UInt32 = 0

    mutating func note(_ second: UInt16) {
      if second > last {
        (earlier, last) = (last, second)
      } else if second < last, second > earlier {
        earlier = second
      }
    }
  }

  private struct Hour {
    var number = -1
    var entries = [Entry](repeating: Entry(), count: 1024)
    var used = 0

    @inline(__always)
    func place(_ key: UInt64) -> Int {
      let mask = entries.count &- 1
      var place = Int(truncatingIfNeeded: key) & mask
      while entries[place].key != key, entries[place].key != 0 { place = (place &+ 1) & mask }
      return place
    }

    mutating func clear(_ number: Int) {
      self.number = number
      guard used > 0 else { return }
      used = 0
      for index in entries.indices { entries[index] = Entry() }
    }

    mutating func grow() {
      let old = entries
      entries = [Entry](repeating: Entry(), count: old.count * 2)
      for entry in old where entry.key != 0 { entries[place(entry.key)] = entry }
    }
  }

  private static let limit = 500_000
  /// Seconds within which a client that had repomd.xml uses what it says.
  static let window = 900

  private var current = Hour()
  private var previous = Hour()
  /// Pairs that were forgotten although they were younger than ``window``.
  private(set) var forgotten = 0

  /// Counts a request, and returns how many there were in this hour with it; nil for an
  /// hour that is over.
  ///
  /// - Parameters:
  ///   - key: of client and repository.
  ///   - succeeded: whether the client has the file now.
  @inline(__always)
  mutating func add(_ key: UInt64, at time: Int, succeeded: Bool) -> Int? {
    let key = key == 0 ? 1 : key
    let hour = time / 3600
    if hour > current.number { begin(hour) }
    let last = succeeded ? UInt16(time - hour * 3600 + 1) : 0
    if hour != current.number {
      guard hour == previous.number else { return nil }
      return Self.count(key, last, in: &previous, known: 0)
    }
    if current.used >= Self.limit { forget(at: time) }
    return Self.count(
      key, last, in: &current, known: previous.number == hour ? count(before: key) : 0)
  }

  private static func count(
    _ key: UInt64, _ last: UInt16, in hour: inout Hour, known: UInt32
  ) -> Int {
    var place = hour.place(key)
    if hour.entries[place].key == 0 {
      if hour.used * 2 >= hour.entries.count {
        hour.grow()
        place = hour.place(key)
      }
      hour.entries[place].key = key
      hour.entries[place].count = known
      hour.used += 1
    }
    hour.entries[place].count &+= 1
    hour.entries[place].note(last)
    return Int(hour.entries[place].count)
  }

  /// What an hour that was too full to be kept in one table had counted.
  private func count(before key: UInt64) -> UInt32 {
    let place = current.place(key)
    guard current.entries[place].key == 0 else { return 0 }
    return previous.entries[previous.place(key)].count
  }

  private mutating func begin(_ hour: Int) {
    if hour == current.number + 1 {
      swap(&current, &previous)
    } else {
      previous.clear(-1)
    }
    current.clear(hour)
  }

  private mutating func forget(at time: Int) {
    let hour = previous.number
    forgotten += previous.entries.count {
      $0.key != 0 && $0.last > 0 && time - (hour * 3600 + Int($0.last) - 1) <= Self.window
    }
    swap(&current, &previous)
    current.clear(time / 3600)
  }

  /// Whether the client got the file up to ``window`` before `time`, or then.
  func wasRead(_ key: UInt64, before time: Int) -> Bool {
    let key = key == 0 ? 1 : key
    return Self.wasRead(key, before: time, in: current)
      || Self.wasRead(key, before: time, in: previous)
  }

  private static func wasRead(_ key: UInt64, before time: Int, in hour: Hour) -> Bool {
    guard hour.number >= 0 else { return false }
    let entry = hour.entries[hour.place(key)]
    return [entry.last, entry.earlier].contains { second in
      second > 0 && (0...window).contains(time - (hour.number * 3600 + Int(second) - 1))
    }
  }
}
