import ReleaseModel

/// Aligned columns that fit the terminal. The last column wraps; columns that have no
/// room beside the others are told below each row.
package struct TextTable {
  /// Which rows of a long table stay at a terminal.
  package enum Excerpt: Sendable {
    case first, last
  }

  /// What the last column has in it.
  package enum LastColumn: Sendable {
    case values
    /// Below a row they need no head in front.
    case sentences
  }

  private let headers: [String]
  private let lastColumn: LastColumn
  private let excerpt: Excerpt
  private var rows: [[String]] = []

  /// - Parameters:
  ///   - headers: one for each column; all empty for none.
  ///   - lastColumn: what the last column has in it.
  ///   - excerpt: which rows stay where there are too many.
  package init(
    _ headers: [String], endingIn lastColumn: LastColumn = .values,
    keeping excerpt: Excerpt = .first
  ) {
    self.headers = headers
    self.lastColumn = lastColumn
    self.excerpt = excerpt
  }

  /// Adds a row; control characters in `cells` are made visible. There must be
  /// as many cells as headers.
  package mutating func add(_ cells: [String]) {
    rows.append(cells.map(\.sanitizedForDisplay))
  }

  /// Whether there is no row beside the headers.
  package var isEmpty: Bool { rows.isEmpty }

  /// The table, each line ended, indented by two columns.
  package func text(_ style: TextStyle) -> String {
    let (shown, rest) = shownRows(style)
    let cells = shown.map { $0.map(style.relative) }
    let layout = Layout(
      headers: headers, rows: cells, width: style.width, hasSentences: lastColumn == .sentences)
    var text = ""
    if excerpt == .last, let rest { text += "\(Layout.margin)\(rest)\n" }
    if hasHeaders { text += style.paint(layout.line(headers), .faint) + "\n" }
    text += cells.map(layout.lines).joined()
    if excerpt == .first, let rest { text += "\(Layout.margin)\(rest)\n" }
    return text
  }

  private var hasHeaders: Bool { !headers.allSatisfy(\.isEmpty) }

  private func shownRows(_ style: TextStyle) -> (rows: [[String]], rest: String?) {
    switch excerpt {
    case .first:
      let (shown, rest) = style.excerpt(of: rows)
      return (Array(shown), rest)
    case .last:
      let (shown, rest) = style.excerpt(of: rows.reversed())
      return (shown.reversed(), rest.map { _ in TextStyle.earlier(rows.count - shown.count) })
    }
  }
}

extension TextStyle {
  /// `… 3,990 earlier (--all)`: in front of the end of a list.
  fileprivate static func earlier(_ count: Int) -> String { "… \(count.grouped) earlier (--all)" }
}

/// Where the cells of a table go.
private struct Layout {
  static let margin = "  "
  private static let gap = 2
  /// Fewer columns make prose a ladder.
  private static let leastRoom = 24

  private let headers: [String]
  private let hasSentences: Bool
  private let widths: [Int]
  private let width: Int
  /// How many columns are side by side; the others are below each row.
  private let kept: Int
  /// Columns that the last of ``kept`` has.
  private let room: Int

  init(headers: [String], rows: [[String]], width: Int, hasSentences: Bool) {
    self.headers = headers
    self.hasSentences = hasSentences
    self.width = width
    let all = rows + [headers]
    let widths = headers.indices.map { column in all.map { $0[column].displayWidth }.max() ?? 0 }
    self.widths = widths
    func room(for count: Int) -> Int {
      width - Self.margin.count - widths.prefix(count - 1).reduce(0) { $0 + $1 + Self.gap }
    }
    let last = headers.count
    var kept = last
    while kept > 1, room(for: kept) < widths[kept - 1],
      kept < last || room(for: kept) < Self.leastRoom
    {
      kept -= 1
    }
    self.kept = kept
    self.room = room(for: kept)
  }

  /// One line of the columns that are side by side.
  func line(_ cells: [String]) -> String {
    let padded = cells.prefix(kept - 1).enumerated().map { column, cell in
      cell + String(repeating: " ", count: max(0, widths[column] - cell.displayWidth) + Self.gap)
    }
    return (Self.margin + padded.joined() + cells[kept - 1]).trimmingEnd
  }

  /// All lines of a row, each ended.
  func lines(of cells: [String]) -> String {
    var head = Array(cells.prefix(kept))
    var below = ""
    var following: [String] = []
    let last = head[kept - 1]
    if kept == headers.count, last.displayWidth > room {
      let lines = last.wrapped(to: room)
      if lines.allSatisfy({ $0.displayWidth <= room }) {
        (head[kept - 1], following) = (lines[0], Array(lines.dropFirst()))
      } else if kept > 1 {
        // A path or checksum that has no room beside the others stands alone.
        head[kept - 1] = ""
        below = last
      }
    }
    let blank = head.indices.map { _ in "" }
    let moved = (kept..<headers.count).filter { !["", "-"].contains(cells[$0]) }.map { column in
      headers[column].isEmpty || hasSentences && column == headers.count - 1
        ? cells[column] : "\(headers[column]) \(cells[column])"
    }
    if !moved.isEmpty { below = moved.joined(separator: "; ") }
    let indent = Self.margin + Self.margin
    let told =
      below.isEmpty ? [] : below.wrapped(to: width - indent.count, hanging: Self.margin.count)
    return ([head] + following.map { blank.dropLast() + [$0] }).map { line($0) + "\n" }.joined()
      + told.enumerated().map { indent + ($0 > 0 ? Self.margin : "") + $1 + "\n" }.joined()
  }
}
