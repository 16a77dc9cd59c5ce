/// What numbers may be that come from files, ledgers, hubs and the clock, where the
/// program calculates with them. Whoever reads one compares it with its range and
/// refuses what is outside; then sums and differences of a few cannot overflow.
package enum NumberFromOutside {
  /// Seconds since 1970 of the years 1 to 9999: what calendars and other programs
  /// can write down.
  package static let times = -62_135_596_800...253_402_300_799

  /// How many, how large, or which one in a sequence: 0 to 2^53, what JSON's
  /// numbers hold exactly.
  package static let counts = 0...(1 << 53)

  /// A moment that another program tells as a number with a fraction; nil where it
  /// is no number, or outside of ``times``.
  package static func seconds(_ number: Double) -> Int? {
    Int(exactly: number.rounded(.down)).flatMap { times.contains($0) ? $0 : nil }
  }
}

extension Int {
  /// The sum; the largest or smallest integer where it is beyond that. For sizes and
  /// times that may be as large as a file system or header says.
  package func addingClamped(_ other: Int) -> Int {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, as ``addingClamped(_:)``.
  package func subtractingClamped(_ other: Int) -> Int {
    let (rest, isBeyond) = subtractingReportingOverflow(other)
    return isBeyond ? (other < 0 ? .max : .min) : rest
  }
}

extension Sequence {
  /// The sum of a number of each element, as ``Swift/Int/addingClamped(_:)``: the one
  /// way to add up sizes of files.
  package func clampedSum(_ number: (Element) throws -> Int) rethrows -> Int {
    try reduce(0) { $0.addingClamped(try number($1)) }
  }
}
