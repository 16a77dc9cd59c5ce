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
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          let isControl =
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          return isControl ? "\u{FFFD}" : scalar
        }))
  }
}
