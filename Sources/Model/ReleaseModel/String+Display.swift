import Glibc

extension String {
  /// Whether it comes before `other` in the order of bytes: that of `sort` in
  /// the C locale, and of createrepo_c.
  package func precedesByBytes(_ other: String) -> Bool {
    let result = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in
        guard let first = left.baseAddress, let second = right.baseAddress else {
          return left.count < right.count
        }
        let order = memcmp(first, second, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
      }
    }
    if let result, let result { return result }
    return utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// Without anything that could move a terminal's cursor or break a line:
  /// text from RPMs, policies and the command line is shown through this.
  package var sanitizedForDisplay: String {
    // Nearly always there is nothing to do.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    return String(
      String.UnicodeScalarView(unicodeScalars.map { $0.isHidden ? "\u{FFFD}" : $0 }))
  }

  /// The same for text of several lines: line feeds and tabs stay.
  package var sanitizedLines: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          scalar.isHidden && scalar != "\n" && scalar != "\t" ? "\u{FFFD}" : scalar
        }))
  }

  /// JSON that says the same, in which no character hides: those beyond ASCII that
  /// would are written as `\u202E`. In JSON they stand within strings alone.
  package var jsonWithoutHidden: String {
    if utf8.allSatisfy({ $0 < 0x7F }) { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      guard scalar.isHidden, scalar.value >= 0x7F else {
        result.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        let padding = String(repeating: "0", count: 4 - digits.count)
        result.append(contentsOf: "\\u\(padding)\(digits)".unicodeScalars)
      }
    }
    return String(result)
  }

  /// As one word of a POSIX shell, for lines that are copied: in single quotation
  /// marks, unless it is plain. Nothing in it is expanded.
  package var shellWord: String {
    if consistsOfAlphanumerics(and: "/._-+:@,%^~=", first: "/._-+:@,%^=") { return self }
    // By scalars: a mark may combine with a quotation mark to one character.
    var quoted = "'"
    for scalar in unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }
}
