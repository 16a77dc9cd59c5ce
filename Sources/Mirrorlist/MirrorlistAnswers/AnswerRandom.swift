import Glibc

/// Where chance comes from: xoshiro256**, fast, and the same from the same seed.
package struct AnswerRandom: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// - Parameter seed: spread by SplitMix64, so that near seeds have nothing in common.
  package init(seed: UInt64) {
    var seed = seed
    func next() -> UInt64 {
      seed &+= 0x9E37_79B9_7F4A_7C15
      var mixed = seed
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
    state = (next(), next(), next(), next())
  }

  /// A number from all.
  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A number above 0, at most 1.
  private mutating func fraction() -> Double { Double(next() >> 11 + 1) * 0x1p-53 }

  /// A key by which hosts are sorted: those of `weight` w come first in proportion to w
  /// (Efraimidis and Spirakis).
  mutating func key(weight: UInt32) -> Double { -log(fraction()) / Double(weight) }
}
