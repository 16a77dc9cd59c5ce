import ReleaseModel

extension CalendarDate {
  /// Days since 1970, for distances on the timeline.
  var number: Int {
    // Years begin in March here, so that a leap day is the last of its year.
    let years = month > 2 ? year : year - 1
    let daysOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return years * 365 + years / 4 - years / 100 + years / 400 + daysOfYear - 719_468
  }

  static func ofNumber(_ number: Int) -> CalendarDate {
    CalendarDate(secondsSince1970: number * 86_400)
  }
}
