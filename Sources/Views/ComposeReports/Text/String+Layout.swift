import ReleaseModel

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
  ///
  /// - Parameter hanging: how many columns fewer the lines after the first have.
  package func wrapped(to width: Int, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      let room = lines.isEmpty ? width : width - hanging
      if !line.isEmpty, line.displayWidth + 1 + String(word).displayWidth > room {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The same lines, each with `prefix` in front, wrapped to the width of `style`. What
  /// follows the first line of an entry of a list hangs below its words; a command line at
  /// the end that has no room is put on a line of its own, whole.
  ///
  /// - Parameter role: of all of it; nil for plain text.
  package func indented(
    _ prefix: String, in style: TextStyle, as role: TextStyle.Role? = nil
  ) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      style.places.completed(style.relative(String(line).sanitizedForDisplay))
        .laidOut(prefix, to: style.width)
    }.map { line in (role.map { style.paint(line, $0) } ?? line) + "\n" }.joined()
  }

  private func laidOut(_ prefix: String, to width: Int) -> [String] {
    let mark = Self.marks.first { hasPrefix($0.text) }
    let hanging = mark?.hanging ?? 0
    let room = width - prefix.displayWidth
    func lines(of text: String) -> [String] {
      text.wrapped(to: room, hanging: hanging).enumerated().map { number, line in
        (prefix + (number == 0 ? "" : String(repeating: " ", count: hanging)) + line).trimmingEnd
      }
    }
    let (prose, command) = CommandInText.split(self)
    guard !command.isEmpty, displayWidth > room else { return lines(of: self) }
    return lines(of: prose) + [
      prefix + String(repeating: " ", count: (mark?.isOfList == true ? hanging : 0) + 2) + command
    ]
  }

  /// What lines begin with whose further lines hang.
  private static let marks: [(text: String, hanging: Int, isOfList: Bool)] = [
    ("- ", 2, true), ("! ", 2, true), ("Next: ", 6, false), ("epel-compose: ", 2, false),
  ]

  /// Without white space at its end.
  var trimmingEnd: String {
    var text = self
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
