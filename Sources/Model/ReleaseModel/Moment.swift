/// A point in time, in UTC: for people `2019-03-14 16:04 UTC`, for programs
/// `2019-03-14T16:04:07Z`.
package struct Moment: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let seconds: Int

  /// - Parameter seconds: since 1970; may be negative.
  package init(_ seconds: Int) { self.seconds = seconds }

  /// `YYYY-MM-DD HH:MM UTC`.
  package var description: String { "\(day) \(two(ofDay / 3600)):\(two(ofDay / 60 % 60)) UTC" }

  /// As RFC 3339 has it: `YYYY-MM-DDTHH:MM:SSZ`.
  package var rfc3339: String {
    "\(day)T\(two(ofDay / 3600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))Z"
  }

  /// The day, in UTC.
  package var day: CalendarDate { CalendarDate(secondsSince1970: seconds) }

  /// Seconds since midnight.
  private var ofDay: Int { ((seconds % 86_400) + 86_400) % 86_400 }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Moment: Encodable {
  /// ``rfc3339``.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rfc3339)
  }
}
