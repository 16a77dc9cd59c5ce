import ReleaseModel

/// Aligned columns that fit the terminal: the last column wraps, the others
/// keep their width.
package struct TextTable {
  private let headers: [String]
  private var rows: [[String]] = []

  /// - Parameter headers: one for each column; all empty for none.
  package init(_ headers: [String]) {
    self.headers = headers
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
    let all = (headers.allSatisfy(\.isEmpty) ? [] : [headers]) + rows
    let count = headers.count
    let widths = (0..<count).map { column in all.map { $0[column].displayWidth }.max() ?? 0 }
    let indent = 2
    let fixed = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let room = max(20, style.width - indent - fixed)
    var text = ""
    for (index, row) in all.enumerated() {
      let isHeader = index == 0 && !headers.allSatisfy(\.isEmpty)
      let last = row[count - 1].wrapped(to: room)
      for (lineNumber, line) in last.enumerated() {
        var cells = ""
        for column in 0..<(count - 1) {
          let cell = lineNumber == 0 ? row[column] : ""
          cells += cell + String(repeating: " ", count: widths[column] - cell.displayWidth + 2)
        }
        let whole = (String(repeating: " ", count: indent) + cells + line).trimmingEnd
        text += (isHeader ? style.paint(whole, .faint) : whole) + "\n"
      }
    }
    return text
  }
}

extension String {
  /// Columns on a terminal: East Asian wide characters take two, combining
  /// marks none.
  package var displayWidth: Int {
    unicodeScalars.reduce(0) { width, scalar in
      switch scalar.value {
      case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: width
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        width + 2
      default: width + 1
      }
    }
  }

  /// Lines of at most `width` columns, broken at spaces; a longer word stands
  /// alone and is not cut, so that it can be copied.
  package func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      if !line.isEmpty, line.displayWidth + 1 + String(word).displayWidth > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The same lines, each with `prefix` in front.
  func indented(_ prefix: String, to width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { String($0).sanitizedForDisplay.wrapped(to: width - prefix.count) }
      .map { prefix + $0 + "\n" }.joined()
  }

  /// Without white space at its end.
  var trimmingEnd: String {
    var text = self
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
