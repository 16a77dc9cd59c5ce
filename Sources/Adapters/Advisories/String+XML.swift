extension Unicode.Scalar {
  /// Whether XML 1.0 has it: the production `Char` of the recommendation.
  ///
  /// libcreaterepo_c writes any other as it is, and then no client can read
  /// the document.
  var isXML: Bool {
    switch value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// How people write it, such as `U+000B`.
  var name: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension String {
  /// With every line ended by a line feed, as XML reads it.
  var withLineFeeds: String {
    // "\r\n" is one character, and "\r" alone another.
    guard utf8.contains(0xD) else { return self }
    return String(map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
  }

  /// As XML can carry it: what XML does not have is replaced by U+FFFD.
  var mendedForXML: String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: withLineFeeds.unicodeScalars.map { $0.isXML ? $0 : "\u{FFFD}" })
    return String(scalars)
  }

  /// The same on one line, where it should have been one.
  var mendedLine: String {
    String(mendedForXML.map { $0 == "\n" || $0 == "\t" ? " " : $0 })
  }
}
