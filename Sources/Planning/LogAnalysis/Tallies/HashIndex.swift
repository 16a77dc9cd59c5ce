/// A table from hashes to small numbers, 0, 1, 2 and on in the order of their coming;
/// open addressing. It holds at most `limit`, and searches at most 64 places, so nobody
/// can make it slow by what he asks for.
struct HashIndex {
  /// Side by side: both are then in one line of the processor's cache.
  private struct Entry {
    var key: UInt64 = 0
    var value = 0
  }

  private var entries = [Entry](repeating: Entry(), count: 64)
  private(set) var count = 0
  private let limit: Int

  static let probes = 64

  init(limit: Int) {
    self.limit = limit
  }

  enum Place {
    case known(Int)
    case new(Int)
    case full
  }

  /// 0 marks a free place.
  @inline(__always)
  private static func key(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

  /// The number of `hash`; nil where it has none.
  @inline(__always)
  func find(_ hash: UInt64) -> Int? {
    let key = Self.key(hash)
    let mask = entries.count &- 1
    var place = Int(truncatingIfNeeded: key) & mask
    for _ in 0..<Self.probes {
      let entry = entries[place]
      if entry.key == key { return entry.value }
      if entry.key == 0 { return nil }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// The number of `hash`, a new one where it had none and there is room.
  @inline(__always)
  mutating func insert(_ hash: UInt64) -> Place {
    if let known = find(hash) { return .known(known) }
    return add(hash)
  }

  @inline(never)
  private mutating func add(_ hash: UInt64) -> Place {
    guard count < limit else { return .full }
    if count * 2 >= entries.count { grow() }
    let key = Self.key(hash)
    guard put(key, count) else { return .full }
    count += 1
    return .new(count - 1)
  }

  private mutating func put(_ key: UInt64, _ value: Int) -> Bool {
    let mask = entries.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    for _ in 0..<Self.probes {
      if entries[place].key == 0 {
        entries[place] = Entry(key: key, value: value)
        return true
      }
      place = (place + 1) & mask
    }
    return false
  }

  private mutating func grow() {
    let old = entries
    entries = [Entry](repeating: Entry(), count: old.count * 2)
    for entry in old where entry.key != 0 { _ = put(entry.key, entry.value) }
  }
}
