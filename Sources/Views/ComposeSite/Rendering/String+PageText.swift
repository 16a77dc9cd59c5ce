extension String {
  /// Fit for HTML and XML once it is escaped: text from RPMs goes into pages
  /// through this.
  ///
  /// Two things would get past the escaping. Neither HTML nor XML can hold
  /// most control characters in any form, and directional overrides could
  /// make a page read otherwise than it is. And swift-mustache escapes
  /// `Character`s: a quote that a combining mark follows is another character
  /// to it, and would end an attribute. Such marks have no honest use, and
  /// become U+FFFD.
  var pageText: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) { return self }
    var result = String.UnicodeScalarView()
    for character in self {
      let scalars = character.unicodeScalars
      if character.isNewline {
        result.append("\n")
      } else if scalars.count > 1, scalars.contains(where: Self.isMarkup) {
        result.append(contentsOf: scalars.map { Self.isMarkup($0) ? $0 : "\u{FFFD}" })
      } else {
        result.append(contentsOf: scalars.map { Self.isShown($0) ? $0 : "\u{FFFD}" })
      }
    }
    return String(result)
  }

  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    "<>&\"'".unicodeScalars.contains(scalar)
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: true
    case ..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: false
    case 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}
