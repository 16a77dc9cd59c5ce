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

  /// The UTC day of `seconds` since 1970.
  package init(secondsSince1970 seconds: Int) {
    var days = Int((Double(seconds) / 86_400).rounded(.down))
    var year = 1970
    while days < 0 || days >= (Self.isLeap(year) ? 366 : 365) {
      if days < 0 {
        year -= 1
        days += Self.isLeap(year) ? 366 : 365
      } else {
        days -= Self.isLeap(year) ? 366 : 365
        year += 1
      }
    }
    var month = 1
    while days >= Self.days(inMonth: month, of: year) {
      days -= Self.days(inMonth: month, of: year)
      month += 1
    }
    self.init(unchecked: year, month, days + 1)
  }

  /// This day `count` months later; the last day of a shorter month where
  /// the day does not exist there (31 January and 1 month: 28 February).
  package func adding(months count: Int) -> CalendarDate {
    let total = year * 12 + (month - 1) + count
    let newYear = total / 12
    let newMonth = total % 12 + 1
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
