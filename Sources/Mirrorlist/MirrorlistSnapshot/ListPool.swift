/// Lists of numbers, each list once: most directories of a category are on the same
/// mirrors. Numbers take two bytes until one needs four.
struct ListPool: Sendable {
  private var narrow: [UInt16] = []
  private var wide: [UInt32] = []
  private var isWide = false
  /// Where each list begins; the last is where the next one will. List 0 is empty.
  private var starts: [UInt32] = [0, 0]
  /// Number of a list; 0 where there is none. Their count is a power of two.
  private var slots = [UInt32](repeating: 0, count: 1024)

  /// How many lists there are, with the empty one.
  var count: Int { starts.count - 1 }

  /// The number of the list of `elements`.
  mutating func number(of elements: [UInt32]) throws(WireError) -> UInt32 {
    guard !elements.isEmpty else { return 0 }
    var slot = Int(truncatingIfNeeded: Self.hash(elements)) & (slots.count - 1)
    while slots[slot] != 0 {
      if equals(slots[slot], elements) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(starts.count - 1)
    let end = Int(starts[starts.count - 1]) + elements.count
    guard end < UInt32.max, number < UInt32.max - 1 else { throw WireError.tooMuch }
    if !isWide, elements.contains(where: { $0 > UInt32(UInt16.max) }) {
      wide = narrow.map(UInt32.init)
      narrow = []
      isWide = true
    }
    if isWide {
      wide.append(contentsOf: elements)
    } else {
      for element in elements { narrow.append(UInt16(truncatingIfNeeded: element)) }
    }
    starts.append(UInt32(end))
    slots[slot] = number
    if starts.count * 2 > slots.count { grow() }
    return number
  }

  /// No more lists will be added: what finds equal ones is not kept, and what was
  /// reserved for more goes.
  mutating func freeze() {
    slots = []
    narrow = Array(narrow[...])
    wide = Array(wide[...])
    starts = Array(starts[...])
  }

  func count(of list: UInt32) -> Int { Int(starts[Int(list) + 1] - starts[Int(list)]) }

  func element(_ index: Int, of list: UInt32) -> UInt32 {
    let position = Int(starts[Int(list)]) + index
    return isWide ? wide[position] : UInt32(narrow[position])
  }

  func forEach(_ list: UInt32, _ body: (UInt32) -> Void) {
    let range = Int(starts[Int(list)])..<Int(starts[Int(list) + 1])
    if isWide {
      for position in range { body(wide[position]) }
    } else {
      for position in range { body(UInt32(narrow[position])) }
    }
  }

  private func equals(_ list: UInt32, _ elements: [UInt32]) -> Bool {
    guard count(of: list) == elements.count else { return false }
    for index in elements.indices where element(index, of: list) != elements[index] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    var elements: [UInt32] = []
    for list in 1..<UInt32(starts.count - 1) {
      elements.removeAll(keepingCapacity: true)
      forEach(list) { elements.append($0) }
      var slot = Int(truncatingIfNeeded: Self.hash(elements)) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = list
    }
  }

  private static func hash(_ elements: [UInt32]) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(elements.count)
    for element in elements {
      hash = (hash ^ UInt64(element)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    return hash
  }
}
