import Glibc

// What is done with whole listings: all in one pass over rows that are sorted by path.

extension FileListing {
  /// The rows of `text`, which ends with a line feed unless it is empty. Rows in another order
  /// are sorted; of several rows of one path the last stays. Lines without four fields go.
  package init(text: [UInt8]) {
    self.init()
    var rows: [Range<Int>] = []
    var isSorted = true
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = Self.lineEnd(in: bytes, from: start)
        let row = start..<end
        if Self.pathStart(in: bytes, of: row) != nil {
          if let last = rows.last, Self.order(bytes, last, bytes, row) >= 0 { isSorted = false }
          rows.append(row)
        }
        start = end + 1
      }
    }
    if isSorted {
      self.text = text
      starts = rows.map(\.lowerBound)
      // Lines that are no rows would end up within others.
      if rows.reduce(0, { $0 + $1.count + 1 }) == text.count { return }
    }
    self.text = []
    starts = []
    reserve(rows: rows.count, bytes: text.count)
    text.withUnsafeBufferPointer { bytes in
      let order = rows.indices.sorted {
        let order = Self.order(bytes, rows[$0], bytes, rows[$1])
        return order == 0 ? $0 < $1 : order < 0
      }
      for (place, index) in order.enumerated() {
        if place + 1 < order.count,
          Self.order(bytes, rows[index], bytes, rows[order[place + 1]]) == 0
        {
          continue
        }
        append(row: UnsafeBufferPointer(rebasing: bytes[rows[index]]))
      }
    }
  }

  /// Makes room, so that nothing is copied while rows are appended.
  package mutating func reserve(rows: Int, bytes: Int) {
    starts.reserveCapacity(rows)
    text.reserveCapacity(bytes)
  }

  /// The rows whose paths `isKept` holds for.
  package func filtered(_ isKept: (UnsafeBufferPointer<UInt8>) -> Bool) -> FileListing {
    var result = FileListing()
    text.withUnsafeBufferPointer { bytes in
      for index in 0..<count {
        let row = range(at: index)
        guard let start = Self.pathStart(in: bytes, of: row),
          isKept(UnsafeBufferPointer(rebasing: bytes[start..<row.upperBound]))
        else { continue }
        result.append(row: UnsafeBufferPointer(rebasing: bytes[row]))
      }
    }
    return result
  }

  /// The rows of both; where both have a path, the row of `other`.
  package func merged(with other: FileListing) -> FileListing {
    var result = FileListing()
    result.reserve(rows: count + other.count, bytes: text.count + other.text.count)
    walk(other) { entry in
      switch entry {
      case .here(let row): result.append(row: row)
      case .there(let row), .both(_, let row): result.append(row: row)
      }
    }
    return result
  }

  /// Whether a row has this path.
  package func contains(path: String) -> Bool { index(of: path) != nil }

  /// The row of this path.
  package func row(of path: String) -> Row? { index(of: path).flatMap { self[$0] } }

  private func index(of path: String) -> Int? {
    var path = path
    return path.withUTF8 { wanted in
      text.withUnsafeBufferPointer { bytes in
        var (low, high) = (0, count)
        while low < high {
          let middle = (low + high) / 2
          let row = range(at: middle)
          let start = Self.pathStart(in: bytes, of: row) ?? row.upperBound
          let order = Self.compare(bytes, start..<row.upperBound, wanted, 0..<wanted.count)
          if order == 0 { return middle }
          if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
      }
    }
  }

  /// Hands the path of each row to `body`, in order.
  package func forEachPath(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
    try text.withUnsafeBufferPointer { bytes in
      for index in 0..<count {
        let row = range(at: index)
        let start = Self.pathStart(in: bytes, of: row) ?? row.upperBound
        try body(UnsafeBufferPointer(rebasing: bytes[start..<row.upperBound]))
      }
    }
  }
}

extension FileListing {
  /// A path of two listings, with the rows.
  enum Entry {
    /// Only the first listing has the path.
    case here(UnsafeBufferPointer<UInt8>)
    /// Only the second one has it.
    case there(UnsafeBufferPointer<UInt8>)
    case both(UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>)

    /// Whether the path is `directory` or below it.
    func isWithin(_ directory: [UInt8]) -> Bool {
      let row =
        switch self {
        case .here(let row), .there(let row), .both(let row, _): row
        }
      guard let start = FileListing.pathStart(in: row, of: 0..<row.count) else { return false }
      let length = row.count - start
      guard
        length == directory.count
          || (length > directory.count && row[start + directory.count] == UInt8(ascii: "/"))
      else { return false }
      return row[start..<start + directory.count].elementsEqual(directory)
    }
  }

  /// Hands all bytes of rows but those of `directory` and of what is below it to `body`, in
  /// order, in as few pieces as possible.
  package func forEachPiece(
    outside directory: String, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    let left = Array(directory.utf8)
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      for index in 0..<count {
        let row = range(at: index)
        guard Entry.here(UnsafeBufferPointer(rebasing: bytes[row])).isWithin(left) else { continue }
        body(
          UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<row.lowerBound]))
        start = row.upperBound + 1
      }
      body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<bytes.count]))
    }
  }

  /// Hands the rows of both listings to `body`, in the order of their paths.
  func walk(_ other: FileListing, _ body: (Entry) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      other.text.withUnsafeBufferPointer { others in
        func row(_ index: Int) -> UnsafeBufferPointer<UInt8> {
          UnsafeBufferPointer(rebasing: bytes[range(at: index)])
        }
        func otherRow(_ index: Int) -> UnsafeBufferPointer<UInt8> {
          UnsafeBufferPointer(rebasing: others[other.range(at: index)])
        }
        var (here, there) = (0, 0)
        while here < count, there < other.count {
          let order = Self.order(bytes, range(at: here), others, other.range(at: there))
          if order < 0 {
            body(.here(row(here)))
            here += 1
          } else if order > 0 {
            body(.there(otherRow(there)))
            there += 1
          } else {
            body(.both(row(here), otherRow(there)))
            here += 1
            there += 1
          }
        }
        while here < count {
          body(.here(row(here)))
          here += 1
        }
        while there < other.count {
          body(.there(otherRow(there)))
          there += 1
        }
      }
    }
  }

  /// Where the row is in ``text``, without its line feed.
  func range(at index: Int) -> Range<Int> {
    starts[index]..<(index + 1 < starts.count ? starts[index + 1] : text.count) - 1
  }

  static func areEqual(
    _ row: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard row.count == other.count else { return false }
    guard let left = row.baseAddress, let right = other.baseAddress else { return true }
    return memcmp(left, right, row.count) == 0
  }

  static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(lineFeed), bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Where the path of a row begins: after the third tab. Nil where there are fewer.
  static func pathStart(in bytes: UnsafeBufferPointer<UInt8>, of row: Range<Int>) -> Int? {
    var place = row.lowerBound
    for _ in 0..<3 {
      guard let base = bytes.baseAddress,
        let found = memchr(base + place, Int32(tab), row.upperBound - place)
      else { return nil }
      place = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }
    return place
  }

  /// The order of the paths of two rows, as `memcmp` has it.
  private static func order(
    _ bytes: UnsafeBufferPointer<UInt8>, _ row: Range<Int>,
    _ others: UnsafeBufferPointer<UInt8>, _ other: Range<Int>
  ) -> Int {
    compare(
      bytes, (pathStart(in: bytes, of: row) ?? row.upperBound)..<row.upperBound, others,
      (pathStart(in: others, of: other) ?? other.upperBound)..<other.upperBound)
  }

  private static func compare(
    _ bytes: UnsafeBufferPointer<UInt8>, _ path: Range<Int>,
    _ others: UnsafeBufferPointer<UInt8>, _ other: Range<Int>
  ) -> Int {
    let common = min(path.count, other.count)
    if common > 0, let left = bytes.baseAddress, let right = others.baseAddress {
      let order = memcmp(left + path.lowerBound, right + other.lowerBound, common)
      if order != 0 { return Int(order) }
    }
    return path.count - other.count
  }
}
