/// A day of the (proleptic Gregorian) calendar, without time or zone.
package struct CalendarDate: Hashable, Sendable {
  /// 1970…9999, where it was parsed.
  package let year: Int
  /// 1…12.
  package let month: Int
  /// 1…31, as far as the month has it.
  package let day: Int

  /// Nil for a day that does not exist.
  package init?(year: Int, month: Int, day: Int) {
    guard (1970...9999).contains(year), (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Parses `YYYY-MM-DD`.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The UTC day of `seconds` since 1970, however far away.
  package init(secondsSince1970 seconds: Int) {
    // Days and years count from 1 March of the year 0, so that a leap day is the
    // last of its year; 400 years have 146,097 days.
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let number = days + (rest < 0 ? -1 : 0) + 719_468
    let era = (number >= 0 ? number : number - 146_096) / 146_097
    let ofEra = number - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * ofYear + 2) / 153
    let isNextYear = month >= 10
    self.init(
      unchecked: yearOfEra + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
      ofYear - (153 * month + 2) / 5 + 1)
  }

  /// When the day begins in UTC, seconds since 1970.
  package var secondsSince1970: Int {
    // As above, years begin in March.
    let (y, m) = month <= 2 ? (year - 1, month + 9) : (year, month - 3)
    let era = (y >= 0 ? y : y - 399) / 400
    let ofEra = (y - era * 400) * 365 + (y - era * 400) / 4 - (y - era * 400) / 100
    return (era * 146_097 + ofEra + (153 * m + 2) / 5 + day - 1 - 719_468) * 86_400
  }

  /// This day `count` months later; the last day of a shorter month where
  /// the day does not exist there (31 January and 1 month: 28 February).
  package func adding(months count: Int) -> CalendarDate {
    let total = (year * 12 + month - 1).addingClamped(count)
    let newYear = total / 12 - (total % 12 < 0 ? 1 : 0)
    let newMonth = (total % 12 + 12) % 12 + 1
    return CalendarDate(
      unchecked: newYear, newMonth, min(day, Self.days(inMonth: newMonth, of: newYear)))
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: Comparable {
  /// The earlier day first.
  package static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool {
    (lhs.year, lhs.month, lhs.day) < (rhs.year, rhs.month, rhs.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }
}
