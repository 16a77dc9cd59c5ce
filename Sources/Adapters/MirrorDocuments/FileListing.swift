import ReleaseModel

/// Rows of a file list, sorted by path in the order of bytes:
/// `1567166400<TAB>d<TAB>4096<TAB>updates/7.07.201908`, one a line.
///
/// The rows are kept as the text that they are in the list: 160,000 of them are in memory at
/// once, are compared with those of another list, and written again.
package struct FileListing: Sendable {
  /// The rows one after the other, each with a line feed at its end.
  package internal(set) var text: [UInt8] = []
  /// Where each row begins in ``text``.
  var starts: [Int] = []

  /// No rows.
  package init() {}

  /// Number of rows.
  package var count: Int { starts.count }
  /// Whether there are none.
  package var isEmpty: Bool { starts.isEmpty }

  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
}

extension FileListing {
  /// What an entry is, as the list writes it.
  package enum Kind: UInt8, Sendable {
    /// `f`
    case file = 0x66
    /// `d`
    case directory = 0x64
    /// `l`
    case link = 0x6C
  }

  /// Who may read an entry; the list writes it after the kind.
  package enum Access: Sendable {
    /// Everybody.
    case everybody
    /// `-`: the entry itself is not world-readable.
    case restricted
    /// `*`: it lies in a directory that is not.
    case withinRestricted

    var mark: UInt8? {
      switch self {
      case .everybody: nil
      case .restricted: UInt8(ascii: "-")
      case .withinRestricted: UInt8(ascii: "*")
      }
    }
  }

  /// One row, taken apart.
  package struct Row: Hashable, Sendable {
    /// The larger of mtime and ctime, whole seconds since 1970.
    package let time: Int
    /// Kind and access, such as `f` or `d-`.
    package let type: String
    /// Bytes; of a link those of its target.
    package let size: Int
    /// Below the module.
    package let path: String

    /// All fields as the list has them.
    package init(time: Int, type: String, size: Int, path: String) {
      self.time = time
      self.type = type
      self.size = size
      self.path = path
    }
  }
}

extension FileListing {
  /// Appends a row. Rows are appended in the order of their paths.
  package mutating func append(
    time: Int, kind: Kind, access: Access, size: Int, path: some Collection<UInt8>
  ) {
    starts.append(text.count)
    append(number: time)
    text.append(Self.tab)
    text.append(kind.rawValue)
    if let mark = access.mark { text.append(mark) }
    text.append(Self.tab)
    append(number: size)
    text.append(Self.tab)
    text.append(contentsOf: path)
    text.append(Self.lineFeed)
  }

  private mutating func append(number: Int) {
    var digits: (UInt64, Int) = (UInt64(number.magnitude), 0)
    if number < 0 { text.append(UInt8(ascii: "-")) }
    let start = text.count
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(digits.0 % 10))
      digits.0 /= 10
    } while digits.0 > 0
    text[start...].reverse()
  }

  /// Appends a row as another listing has it, without its line feed.
  mutating func append(row: some Collection<UInt8>) {
    starts.append(text.count)
    text.append(contentsOf: row)
    text.append(Self.lineFeed)
  }

  /// The bytes of the row, without line feed.
  package func row(at index: Int) -> ArraySlice<UInt8> {
    let end = index + 1 < starts.count ? starts[index + 1] : text.count
    return text[starts[index]..<end - 1]
  }

  /// The bytes of the row's path.
  package func path(at index: Int) -> ArraySlice<UInt8> {
    let row = row(at: index)
    var place = row.startIndex
    for _ in 0..<3 {
      guard let tab = row[place...].firstIndex(of: Self.tab) else { return row[place...] }
      place = tab + 1
    }
    return row[place...]
  }

  /// The row, taken apart; nil for a row of another writer that has not four fields.
  package subscript(index: Int) -> Row? {
    let fields = row(at: index).split(
      separator: Self.tab, maxSplits: 3, omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 4, let time = Int(fields[0]), let size = Int(fields[2]) else {
      return nil
    }
    return Row(time: time, type: fields[1], size: size, path: fields[3])
  }
}

extension FileListing: Equatable {
  /// Equal when all bytes are.
  package static func == (lhs: FileListing, rhs: FileListing) -> Bool { lhs.text == rhs.text }
}
