extension Int {
  /// With a comma between thousands, as people read it: `1,500`.
  package var grouped: String {
    let digits = String(magnitude)
    let groups = stride(from: digits.count, to: 0, by: -3).map { end in
      let start = Swift.max(0, end - 3)
      return String(digits.dropFirst(start).prefix(end - start))
    }
    return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// The number with what it counts: `1 build`, `3,650 builds`.
  ///
  /// - Parameters:
  ///   - one: the singular.
  ///   - many: the plural; nil for the singular with an s.
  package func counted(_ one: String, _ many: String? = nil) -> String {
    "\(grouped) \(self == 1 ? one : many ?? one + "s")"
  }
}
