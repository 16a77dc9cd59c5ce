/// A point in time as people read it, in UTC: `2019-03-14 16:04`.
package struct Moment: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let seconds: Int

  /// - Parameter seconds: since 1970; may be negative.
  package init(_ seconds: Int) { self.seconds = seconds }

  /// `YYYY-MM-DD HH:MM UTC`.
  package var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let ofDay = ((seconds % 86_400) + 86_400) % 86_400
    return
      "\(CalendarDate(secondsSince1970: seconds)) \(two(ofDay / 3600)):\(two(ofDay / 60 % 60)) UTC"
  }
}
