import Glibc

/// How many different clients there were: exact up to 512, then HyperLogLog (Flajolet and
/// others, 2007) with 2^14 registers, whose standard error is 0.8 %.
struct DistinctCount {
  private static let bits = 14
  private static let exact = 512

  private var known: Set<UInt64> = []
  private var registers: [UInt8] = []

  mutating func insert(_ hash: UInt64) {
    guard registers.isEmpty else { return register(hash) }
    known.insert(hash)
    if known.count > Self.exact { estimate() }
  }

  private mutating func estimate() {
    registers = [UInt8](repeating: 0, count: 1 << Self.bits)
    for hash in known { register(hash) }
    known = []
  }

  private mutating func register(_ hash: UInt64) {
    // Mixed again: addresses are numbers in a row.
    let mixed = ByteHash.mixed(hash, 0x9E37_79B9_7F4A_7C15)
    let index = Int(truncatingIfNeeded: mixed) & (1 << Self.bits - 1)
    let rank = UInt8(min(mixed.leadingZeroBitCount, 64 - Self.bits) + 1)
    if registers[index] < rank { registers[index] = rank }
  }

  mutating func merge(_ other: DistinctCount) {
    if registers.isEmpty, other.registers.isEmpty {
      known.formUnion(other.known)
      if known.count > Self.exact { estimate() }
      return
    }
    if registers.isEmpty { estimate() }
    for hash in other.known { register(hash) }
    for (index, rank) in other.registers.enumerated() where registers[index] < rank {
      registers[index] = rank
    }
  }

  /// Exact while they are few enough to be known one by one.
  var count: Int {
    if registers.isEmpty { return known.count }
    let size = Double(registers.count)
    let sum = registers.reduce(0.0) { $0 + exp2(-Double($1)) }
    let raw = 0.7213 / (1 + 1.079 / size) * size * size / sum
    let empty = registers.count { $0 == 0 }
    let estimate = raw <= 2.5 * size && empty > 0 ? size * log(size / Double(empty)) : raw
    return Int(estimate.rounded())
  }
}
