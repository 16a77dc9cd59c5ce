/// What differs between two file lists: `changes/NNNNNNNN.paths.gz`, uncompressed.
///
/// One line for each path, sorted: `A<TAB>row` for one that is new, `C<TAB>row` for one whose
/// row is another, `D<TAB>path` for one that is gone.
package struct ListDifference: Sendable, Equatable {
  /// The lines.
  package private(set) var text: [UInt8] = []
  /// Number of lines that begin with `A`.
  package private(set) var added = 0
  /// Of those with `C`.
  package private(set) var changed = 0
  /// Of those with `D`.
  package private(set) var removed = 0

  /// Whether the lists are the same.
  package var isEmpty: Bool { text.isEmpty }
}

extension ListDifference {
  /// What turns `old` into `new`.
  ///
  /// - Parameter directory: it and what is below it are left out of both; nil to leave out
  ///   nothing.
  package init(from old: FileListing, to new: FileListing, outside directory: String? = nil) {
    let left = directory.map { Array($0.utf8) }
    old.walk(new) { entry in
      if let left, entry.isWithin(left) { return }
      switch entry {
      case .here(let row):
        removed += 1
        let start = FileListing.pathStart(in: row, of: 0..<row.count) ?? 0
        append(UInt8(ascii: "D"), UnsafeBufferPointer(rebasing: row[start...]))
      case .there(let row):
        added += 1
        append(UInt8(ascii: "A"), row)
      case .both(let before, let row):
        if FileListing.areEqual(before, row) { return }
        changed += 1
        append(UInt8(ascii: "C"), row)
      }
    }
  }

  /// The difference that `text` is; nil for any other form.
  package init?(text: [UInt8]) {
    self.text = text
    guard text.isEmpty || text.last == FileListing.lineFeed else { return nil }
    var isRight = true
    text.withUnsafeBufferPointer { bytes in
      Self.forEachLine(of: bytes) { mark, _ in
        switch mark {
        case UInt8(ascii: "A"): added += 1
        case UInt8(ascii: "C"): changed += 1
        case UInt8(ascii: "D"): removed += 1
        default: isRight = false
        }
      }
    }
    if !isRight { return nil }
  }

  private mutating func append(_ mark: UInt8, _ line: UnsafeBufferPointer<UInt8>) {
    text.append(mark)
    text.append(FileListing.tab)
    text.append(contentsOf: line)
    text.append(FileListing.lineFeed)
  }

  /// Hands each line to `body`: its letter, and what follows the tab.
  private static func forEachLine(
    of bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt8, Range<Int>) -> Void
  ) {
    var start = 0
    while start < bytes.count {
      let end = FileListing.lineEnd(in: bytes, from: start)
      let isLine = end - start > 2 && bytes[start + 1] == FileListing.tab
      body(isLine ? bytes[start] : 0, min(start + 2, end)..<end)
      start = end + 1
    }
  }

  /// Rows that are new or another, taken apart.
  package var rows: [FileListing.Row] {
    var listing = FileListing()
    text.withUnsafeBufferPointer { bytes in
      Self.forEachLine(of: bytes) { mark, line in
        if mark != UInt8(ascii: "D") {
          listing.append(row: UnsafeBufferPointer(rebasing: bytes[line]))
        }
      }
    }
    return (0..<listing.count).compactMap { listing[$0] }
  }

  /// `listing` with this difference made: what a reader of the change feed does. A line that
  /// says what is true already changes nothing.
  package func applied(to listing: FileListing) -> FileListing {
    var (rows, gone) = (FileListing(), FileListing())
    text.withUnsafeBufferPointer { bytes in
      Self.forEachLine(of: bytes) { mark, line in
        let line = UnsafeBufferPointer(rebasing: bytes[line])
        if mark == UInt8(ascii: "D") {
          gone.append(row: Array("0\tf\t0\t".utf8) + line)
        } else {
          rows.append(row: line)
        }
      }
    }
    var kept = FileListing()
    listing.walk(gone) { entry in
      if case .here(let row) = entry { kept.append(row: row) }
    }
    return kept.merged(with: rows)
  }
}
