/// Requests of each network, at most 2^20 of them. Where there are more, those with the
/// fewest requests are forgotten, and their requests counted.
struct NetworkCounts {
  private struct Entry {
    var network: UInt64 = 0
    var requests = 0
  }

  private static let limit = 1 << 20
  /// Networks that are looked up together: processors then wait for several places of
  /// memory at once.
  private static let batch = 256

  private var entries = [Entry](repeating: Entry(), count: 2048)
  private var used = 0
  private var waiting = [UInt64](repeating: 0, count: batch)
  private var waitingCount = 0
  /// Of no use but that places are read before they are searched: a search has to be guessed
  /// at, and no processor looks further ahead than to its first wrong guess.
  private var touched: UInt64 = 0
  /// Requests of networks that were forgotten.
  private(set) var forgotten = 0

  @inline(__always)
  mutating func add(_ network: UInt64) {
    waiting[waitingCount] = network
    waitingCount &+= 1
    if waitingCount == Self.batch { flush() }
  }

  @inline(never)
  mutating func flush() {
    makeRoom(for: waitingCount)
    let mask = entries.count - 1
    var added = 0
    entries.withUnsafeMutableBufferPointer { entries in
      waiting.withUnsafeBufferPointer { waiting in
        for index in 0..<waitingCount {
          touched ^= entries[Self.place(waiting[index], mask)].network
        }
        for index in 0..<waitingCount {
          let network = waiting[index]
          var place = Self.place(network, mask)
          while entries[place].network != network, entries[place].network != 0 {
            place = (place &+ 1) & mask
          }
          if entries[place].network == 0 {
            entries[place].network = network
            added &+= 1
          }
          entries[place].requests &+= 1
        }
      }
    }
    used += added
    waitingCount = 0
  }

  @inline(__always)
  private static func place(_ network: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: ByteHash.mixed(network, 7)) & mask
  }

  private mutating func makeRoom(for count: Int) {
    guard (used + count) * 2 > entries.count else { return }
    var kept = entries.filter { $0.network != 0 }
    if kept.count + count > Self.limit {
      kept.sort { ($1.requests, $0.network) < ($0.requests, $1.network) }
      forgotten += kept[(Self.limit / 2)...].reduce(0) { $0 + $1.requests }
      kept.removeSubrange((Self.limit / 2)...)
    }
    var size = entries.count
    while (kept.count + count) * 2 > size { size *= 2 }
    fill(kept, size)
  }

  private mutating func fill(_ kept: [Entry], _ size: Int) {
    entries = [Entry](repeating: Entry(), count: size)
    for entry in kept {
      var place = Self.place(entry.network, size - 1)
      while entries[place].network != 0 { place = (place + 1) & (size - 1) }
      entries[place] = entry
    }
    used = kept.count
  }

  /// Gives back the memory that only counting needs; nothing can be counted any more.
  mutating func compact() {
    flush()
    entries.removeAll { $0.network == 0 }
    entries = Array(entries)
    waiting = []
  }

  mutating func merge(_ other: NetworkCounts) {
    flush()
    var other = other
    if other.waitingCount > 0 { other.flush() }
    for entry in other.entries where entry.network != 0 {
      makeRoom(for: 1)
      var place = Self.place(entry.network, entries.count - 1)
      while entries[place].network != entry.network, entries[place].network != 0 {
        place = (place + 1) & (entries.count - 1)
      }
      if entries[place].network == 0 {
        entries[place].network = entry.network
        used += 1
      }
      entries[place].requests += entry.requests
    }
    forgotten += other.forgotten
  }

  /// The `count` with most requests, most first; those with equally many by number.
  func top(_ count: Int) -> [(network: UInt64, requests: Int)] {
    var copy = self
    if copy.waitingCount > 0 { copy.flush() }
    return copy.entries.filter { $0.network != 0 }
      .sorted { ($1.requests, $0.network) < ($0.requests, $1.network) }
      .prefix(count).map { ($0.network, $0.requests) }
  }
}
