/// A point in time as people read it, in UTC: `2019-03-14 16:04`.
package struct Moment: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let seconds: Int

  package init(_ seconds: Int) { self.seconds = seconds }

  package var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let ofDay = ((seconds % 86_400) + 86_400) % 86_400
    return
      "\(CalendarDate(secondsSince1970: seconds)) \(two(ofDay / 3600)):\(two(ofDay / 60 % 60)) UTC"
  }
}
