extension String {
  /// Without anything that could move a terminal's cursor or break a line:
  /// text from RPMs, policies and the command line is shown through this.
  package var sanitizedForDisplay: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          let isControl =
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          return isControl ? "\u{FFFD}" : scalar
        }))
  }
}
