import ReleaseModel

/// Entries as a page shows them: as rows, or where there are too many for a browser to
/// lay out at once, as lines of one text; as many as the page has room for.
struct PageList<Row: Sendable>: Sendable {
  let count: Int
  /// Whether the page shows them before anybody asks.
  let isOpen: Bool
  /// Empty where ``lines`` has them.
  let rows: [Row]
  /// One a line; empty where ``rows`` has them.
  let lines: String
  /// How many there was no room for, as people read numbers; nil for none.
  let omitted: String?

  /// - Parameters:
  ///   - limit: how many rows the page has room for.
  ///   - bytes: how many bytes of lines it has room for.
  ///   - row: an entry as a row.
  ///   - line: the same as a line of text.
  init<Entry>(
    _ entries: [Entry], limit: Int, bytes: Int, row: (Entry) -> Row, line: (Entry) -> String
  ) {
    count = entries.count
    isOpen = count <= limit / 2
    guard count > limit else {
      rows = entries.map(row)
      lines = ""
      omitted = nil
      return
    }
    rows = []
    let text = PageText(entries.lazy.map(line), bytes: bytes)
    lines = text.lines
    omitted = text.omitted == 0 ? nil : text.omitted.grouped
  }
}

/// Lines of text, as many as there is room for.
struct PageText {
  let lines: String
  /// How many lines there was no room for.
  let omitted: Int

  /// - Parameter bytes: how many bytes there is room for.
  init(_ all: some Collection<String>, bytes: Int) {
    var shown: [String] = []
    var room = bytes
    for line in all {
      room -= line.utf8.count + 1
      if room < 0 { break }
      shown.append(line)
    }
    lines = shown.joined(separator: "\n")
    omitted = all.count - shown.count
  }
}
