import TestRandom

/// Makes inputs out of right ones: always the same from the same seed, on every machine.
package struct Mutator {
  private var random: SeededRandom
  private let seeds: [[UInt8]]
  private let words: [[UInt8]]

  /// Numbers at the edges of what readers calculate with, as text.
  private static let numbers = [
    "0", "-1", "1", "127", "255", "2147483647", "2147483648", "4294967296", "9007199254740993",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616",
    "1e308", "-1e308", "1e400", "nan", "inf", "253402300800", "292277026596", "9999-12-31",
    "0000-00-00", "%", "\u{0}", "\u{600}", "\u{FFFF}", "\u{10FFFF}",
  ]

  /// - Parameters:
  ///   - seeds: right inputs; not empty.
  ///   - words: to put in, beside numbers.
  ///   - number: of the sequence.
  package init(seeds: [[UInt8]], words: [String], number: UInt64) {
    self.seeds = seeds
    self.words = (Self.numbers + words).map { Array($0.utf8) }
    random = SeededRandom(state: number)
  }

  /// The next input: a seed with one to eight changes.
  package mutating func next() -> [UInt8] {
    guard var bytes = pick(seeds) else { return [] }
    for _ in 0...below(8) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    let length = min(bytes.count - place, 1 + below(below(8) == 0 ? 4096 : 16))
    switch below(10) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(below(256))
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.insert(contentsOf: pick(words) ?? [], at: place)
    case 4:
      let word = pick(words) ?? []
      let end = min(bytes.count, place + word.count)
      bytes.replaceSubrange(place..<end, with: word)
    case 5: replaceNumber(&bytes, from: place)
    case 6:
      let part = Array(bytes[place..<place + length])
      for _ in 0...below(below(16) == 0 ? 2000 : 4) { bytes.insert(contentsOf: part, at: place) }
    case 7:
      // A number of a binary form.
      let value = pick([0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x8000_0000]) ?? 0
      for index in 0..<min(4, bytes.count - place) {
        bytes[place + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index))
      }
    case 8:
      guard let other = pick(seeds), !other.isEmpty else { return }
      let from = below(other.count)
      let end = min(other.count, from + 1 + below(256))
      bytes.insert(contentsOf: other[from..<end], at: place)
    default: bytes.removeSubrange((below(4) == 0 ? place : bytes.count)...)
    }
    if bytes.count > 1 << 20 { bytes.removeSubrange((1 << 20)...) }
  }

  /// Puts an extreme number in the place of the next one in the text.
  private mutating func replaceNumber(_ bytes: inout [UInt8], from place: Int) {
    let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
    guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: pick(Self.numbers).map { Array($0.utf8) } ?? [])
  }

  private mutating func below(_ limit: Int) -> Int {
    limit <= 1 ? 0 : Int(random.next() % UInt64(limit))
  }

  private mutating func pick<Item>(_ items: [Item]) -> Item? {
    items.isEmpty ? nil : items[below(items.count)]
  }
}
