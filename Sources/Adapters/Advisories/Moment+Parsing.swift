import ReleaseModel

extension Moment {
  /// Parses `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, both in UTC: what Bodhi
  /// writes, and what libsolv, yum and createrepo_c read.
  ///
  /// Returns nil for any other form, and for a moment that does not exist.
  init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count <= 2, let day = Self.numbers(parts[0], "-", digits: [4, 2, 2]),
      let date = CalendarDate(year: day[0], month: day[1], day: day[2])
    else { return nil }
    var seconds = date.daysSince1970 * 86_400
    if parts.count == 2 {
      guard let time = Self.numbers(parts[1], ":", digits: [2, 2, 2]),
        time[0] < 24, time[1] < 60, time[2] < 60
      else { return nil }
      seconds += time[0] * 3600 + time[1] * 60 + time[2]
    }
    self.init(seconds)
  }

  /// Numbers of a fixed count of digits each; nil for anything else.
  private static func numbers(
    _ text: Substring, _ separator: Character, digits: [Int]
  ) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == digits else { return nil }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    return numbers.count == digits.count ? numbers : nil
  }
}

extension CalendarDate {
  fileprivate var daysSince1970: Int {
    // Days count from 1 March of the year 0, so that a leap day is the last of
    // its year.
    let (shifted, marchBased) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    let firstOfMarch1970 = 719_468
    return shifted * 365 + leapDays + (153 * marchBased + 2) / 5 + day - 1 - firstOfMarch1970
  }
}
