/// Reads one block of a deflate stream (RFC 1951, section 3.2) symbol by symbol, as far
/// as a given number of bytes that it stands for: zlib tells where blocks end, but not
/// where symbols do.
///
/// What it finds is checked by whoever uses it, by unpacking the result.
struct DeflateBlock {
  private let stream: [UInt8]
  /// Bits of the stream that were read.
  private var position: Int

  /// - Parameter start: the block's first bit in `stream`.
  private init(_ stream: [UInt8], at start: Int) {
    self.stream = stream
    position = start
  }

  /// Where the symbols of the block at the bit `start` begin, and where those begin
  /// that come after the first `length` bytes of what it unpacks to.
  ///
  /// Nil where the block is stored, is damaged, or has a symbol that stands for bytes on
  /// both sides.
  static func cut(
    _ stream: [UInt8], blockAt start: Int, after length: Int
  ) -> (symbols: Int, cut: Int)? {
    var block = DeflateBlock(stream, at: start)
    guard let codes = block.readHeader() else { return nil }
    let symbols = block.position
    guard block.skip(length, codes) else { return nil }
    return (symbols, block.position)
  }

  // MARK: Bits

  /// Zero behind the end: what comes of that does not unpack.
  private mutating func bit() -> Int {
    defer { position += 1 }
    let index = position / 8
    return index < stream.count ? Int(stream[index] >> UInt8(position % 8)) & 1 : 0
  }

  /// The least significant bit comes first.
  private mutating func number(bits: Int) -> Int {
    (0..<bits).reduce(0) { $0 | bit() << $1 }
  }

  // MARK: Codes

  /// A canonical Huffman code: how many words of each length there are, and the symbols
  /// in their order.
  private struct Code {
    private var counts = [Int](repeating: 0, count: 16)
    private var symbols: [Int] = []

    /// - Parameter lengths: bits of each symbol's word; 0 for one that has none.
    init(_ lengths: some Collection<Int>) {
      let lengths = Array(lengths)
      for length in lengths where length > 0 { counts[length] += 1 }
      symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted {
        (lengths[$0], $0) < (lengths[$1], $1)
      }
    }

    /// Reads one symbol; nil where no word fits.
    func symbol(_ bit: () -> Int) -> Int? {
      var (word, first, index) = (0, 0, 0)
      for length in 1..<counts.count {
        word = word << 1 | bit()
        let offset = word - first
        if offset < counts[length] { return symbols[index + offset] }
        index += counts[length]
        first = (first + counts[length]) << 1
      }
      return nil
    }
  }

  private struct Codes {
    let literals: Code
    let distances: Code
  }

  /// In which order a block has the lengths of the code of lengths.
  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// Reads up to the first symbol.
  private mutating func readHeader() -> Codes? {
    _ = bit()
    switch number(bits: 2) {
    case 1:
      let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
      return Codes(literals: Code(lengths), distances: Code([Int](repeating: 5, count: 30)))
    case 2: return readCodes()
    default: return nil
    }
  }

  private mutating func readCodes() -> Codes? {
    let literals = number(bits: 5) + 257
    let distances = number(bits: 5) + 1
    let ofLengths = number(bits: 4) + 4
    var lengths = [Int](repeating: 0, count: Self.lengthOrder.count)
    for index in Self.lengthOrder.prefix(ofLengths) { lengths[index] = number(bits: 3) }
    let code = Code(lengths)
    var found: [Int] = []
    while found.count < literals + distances {
      guard let symbol = code.symbol({ bit() }) else { return nil }
      switch symbol {
      case 16:
        guard let last = found.last else { return nil }
        found += [Int](repeating: last, count: 3 + number(bits: 2))
      case 17: found += [Int](repeating: 0, count: 3 + number(bits: 3))
      case 18: found += [Int](repeating: 0, count: 11 + number(bits: 7))
      default: found.append(symbol)
      }
    }
    guard found.count == literals + distances else { return nil }
    return Codes(
      literals: Code(found.prefix(literals)), distances: Code(found.dropFirst(literals)))
  }

  // MARK: Symbols

  /// Reads symbols that stand for `length` bytes; false where none ends there.
  private mutating func skip(_ length: Int, _ codes: Codes) -> Bool {
    var unpacked = 0
    while unpacked < length {
      guard let symbol = codes.literals.symbol({ bit() }) else { return false }
      switch symbol {
      case ..<256: unpacked += 1
      case 257...285:
        unpacked += matchLength(symbol)
        guard let distance = codes.distances.symbol({ bit() }) else { return false }
        _ = number(bits: distance < 4 ? 0 : distance / 2 - 1)
      default: return false
      }
    }
    return unpacked == length
  }

  /// RFC 1951, section 3.2.5.
  private mutating func matchLength(_ symbol: Int) -> Int {
    switch symbol {
    case ..<265: return symbol - 254
    case 285: return 258
    default:
      let extra = (symbol - 261) / 4
      return 3 + ((4 + (symbol - 261) % 4) << extra) + number(bits: extra)
    }
  }
}
