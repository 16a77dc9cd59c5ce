/// Numbers by prefix: the longest prefix that covers an address, by binary search in
/// ranges that do not overlap.
package struct PrefixTable: Sendable {
  private let four: RangeTable<UInt32>
  private let six: RangeTable<UInt128>
  /// For each number the one of the next shorter prefix that covers it.
  private let parents: [UInt32]

  /// What stands for no prefix.
  private static let none = UInt32.max

  /// - Parameters:
  ///   - prefixes: of two that are alike the last counts; numbers below the largest
  ///     `UInt32`.
  ///   - isNested: whether ``values(covering:)`` is asked, for which each prefix must
  ///     have a number of its own, from 0 upwards.
  package init(_ prefixes: [(prefix: NetworkPrefix, value: UInt32)], isNested: Bool) {
    var four: [RangeTable<UInt32>.Prefix] = []
    var six: [RangeTable<UInt128>.Prefix] = []
    for (prefix, value) in prefixes {
      switch prefix.address {
      case .v4(let start):
        four.append(.init(start: start, length: UInt8(prefix.length), value: value))
      case .v6(let start):
        six.append(.init(start: start, length: UInt8(prefix.length), value: value))
      }
    }
    self.init(four: four, six: six, isNested: isNested)
  }

  /// As the other initialiser.
  init(
    four: [RangeTable<UInt32>.Prefix], six: [RangeTable<UInt128>.Prefix], isNested: Bool
  ) {
    var parents = isNested ? [UInt32](repeating: Self.none, count: four.count + six.count) : []
    self.four = RangeTable(four) { child, parent in
      if isNested, Int(child) < parents.count { parents[Int(child)] = parent }
    }
    self.six = RangeTable(six) { child, parent in
      if isNested, Int(child) < parents.count { parents[Int(child)] = parent }
    }
    self.parents = parents
  }

  /// The number of the longest prefix that covers `address`.
  package func value(covering address: IPAddress) -> UInt32? {
    switch address {
    case .v4(let number): four.value(covering: number)
    case .v6(let number): six.value(covering: number)
    }
  }

  /// The numbers of all prefixes that cover `address`, the longest first.
  package func values(covering address: IPAddress) -> [UInt32] {
    var found: [UInt32] = []
    var next = value(covering: address)
    while let value = next, found.count <= 129 {
      found.append(value)
      let parent = Int(value) < parents.count ? parents[Int(value)] : Self.none
      next = parent == Self.none ? nil : parent
    }
    return found
  }

  /// How many ranges there are.
  package var count: Int { four.count + six.count }
}

/// The ranges of one version of the protocol.
struct RangeTable<Address: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  /// `start` is the first address of the prefix.
  struct Prefix: Sendable {
    let start: Address
    let length: UInt8
    let value: UInt32

    var end: Address { start | (length == 0 ? .max : .max >> Address(length)) }
  }

  /// Where ranges begin, ascending; each ends before the next.
  private var starts: [Address] = []
  /// The number of each range; the largest `UInt32` stands for none.
  private var values: [UInt32] = []

  var count: Int { starts.count }

  /// - Parameter nest: is called with the number of a prefix and that of the next
  ///   shorter one around it.
  init(_ prefixes: [Prefix], nest: (UInt32, UInt32) -> Void) {
    // Stable, so that the last of two that are alike comes last.
    let order = prefixes.enumerated().sorted { left, right in
      if left.element.start != right.element.start {
        return left.element.start < right.element.start
      }
      if left.element.length != right.element.length {
        return left.element.length < right.element.length
      }
      return left.offset < right.offset
    }
    var open: [Prefix] = []
    for (_, prefix) in order {
      while let top = open.last, top.end < prefix.start {
        open.removeLast()
        begin(top.end + 1, open.last?.value)
      }
      if let top = open.last, top.start == prefix.start, top.length == prefix.length {
        open.removeLast()
      }
      if let top = open.last { nest(prefix.value, top.value) }
      begin(prefix.start, prefix.value)
      open.append(prefix)
    }
    while let top = open.popLast() {
      if top.end < .max { begin(top.end + 1, open.last?.value) }
    }
  }

  private mutating func begin(_ start: Address, _ value: UInt32?) {
    let value = value ?? .max
    if starts.last == start {
      starts.removeLast()
      values.removeLast()
    }
    if values.last == value || (values.isEmpty && value == .max) { return }
    starts.append(start)
    values.append(value)
  }

  func value(covering address: Address) -> UInt32? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, values[low - 1] != .max else { return nil }
    return values[low - 1]
  }
}
