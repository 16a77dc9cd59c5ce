import ReleaseModel

/// Times as RFC 9110 writes them.
package enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Sun, 29 Nov 2026 01:58:57 GMT`.
  ///
  /// - Parameter seconds: since 1970.
  package static func text(_ seconds: Int) -> String {
    let date = CalendarDate(secondsSince1970: seconds)
    let ofDay = ((seconds % 86_400) + 86_400) % 86_400
    let day = (seconds - ofDay) / 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(days[((day % 7) + 7) % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
      + "\(two(ofDay / 3600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60)) GMT"
  }
}
