extension String {
  /// As content or attribute of XML: with references for `& < > " '`, and with `?` for
  /// what XML 1.0 cannot have.
  package var escapedForMarkup: String {
    if utf8.allSatisfy({ byte in
      byte >= 0x20 && byte < 0x7F && byte != 0x26 && byte != 0x3C && byte != 0x3E && byte != 0x22
        && byte != 0x27
    }) {
      return self
    }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      default: result.unicodeScalars.append(scalar.isUnspeakable ? "?" : scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Control characters, and what XML 1.0 cannot have.
  package var isUnspeakable: Bool {
    value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0x2028 || value == 0x2029
      || value & 0xFFFE == 0xFFFE
  }
}
