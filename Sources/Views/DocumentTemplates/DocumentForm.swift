import ReleaseModel

/// How values stand in a document that a template makes.
package enum DocumentForm: Sendable, CaseIterable {
  /// HTML, SVG and Atom: text and values of attributes.
  case markup
  /// Mail, .repo files, lines of a spec file or of a web server: one line each.
  case lines

  /// By the name of a template without its ending, such as `plan.html`.
  package init(ofTemplate name: String) {
    let endings = ["html", "svg", "atom"]
    self = endings.contains { name.hasSuffix(".\($0)") } ? .markup : .lines
  }

  /// `text` as it stands in the document, whatever it says.
  package func shown(_ text: String) -> String {
    switch self {
    case .markup: text.markup
    case .lines: text.sanitizedForDisplay
    }
  }
}

extension String {
  /// Fit for the text and the attributes of HTML and XML: nothing in it is markup,
  /// and nothing in it hides. It may have several lines.
  ///
  /// Scalar by scalar, as parsers read: to Swift, U+0600 and the `<` behind it are
  /// one `Character`, which is not `<`. Neither HTML nor XML can hold most control
  /// characters in any form.
  package var markup: String {
    var isPlain = true
    for byte in utf8 where !((0x20..<0x7F).contains(byte) || byte == 0x0A) || Self.isMarkup(byte) {
      isPlain = false
      break
    }
    if isPlain { return self }
    var result = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in unicodeScalars {
      defer { isAfterReturn = scalar == "\r" }
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\t": result.append("\t")
      // Marks of the end of a line (Unicode Standard, section 5.8).
      case "\n": if !isAfterReturn { result.append("\n") }
      case "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": result.append("\n")
      default: result.append(scalar.isHidden ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
