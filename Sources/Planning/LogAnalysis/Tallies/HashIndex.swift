/// A table from hashes to small numbers, 0, 1, 2 and on in the order of their coming;
/// open addressing. It holds at most `limit`, and searches at most 64 places, so nobody
/// can make it slow by what he asks for.
struct HashIndex {
  private var keys: [UInt64]
  private var values: [UInt32]
  private(set) var count = 0
  private let limit: Int

  static let probes = 64

  init(limit: Int) {
    self.limit = limit
    keys = [UInt64](repeating: 0, count: 64)
    values = [UInt32](repeating: 0, count: 64)
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
    let mask = keys.count &- 1
    var place = Int(truncatingIfNeeded: key) & mask
    for _ in 0..<Self.probes {
      if keys[place] == key { return Int(values[place]) }
      if keys[place] == 0 { return nil }
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
    if count * 2 >= keys.count { grow() }
    let key = Self.key(hash)
    guard put(key, UInt32(count)) else { return .full }
    count += 1
    return .new(count - 1)
  }

  private mutating func put(_ key: UInt64, _ value: UInt32) -> Bool {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    for _ in 0..<Self.probes {
      if keys[place] == 0 {
        keys[place] = key
        values[place] = value
        return true
      }
      place = (place + 1) & mask
    }
    return false
  }

  private mutating func grow() {
    let old = (keys, values)
    keys = [UInt64](repeating: 0, count: old.0.count * 2)
    values = [UInt32](repeating: 0, count: old.0.count * 2)
    for (key, value) in zip(old.0, old.1) where key != 0 { _ = put(key, value) }
  }
}
