import ReleaseModel
import Testing

@Suite struct NumberFromOutsideTests {
  // MARK: Days

  @Test(arguments: [
    (0, "1970-01-01 00:00 UTC"), (-1, "1969-12-31 23:59 UTC"),
    (951_782_400, "2000-02-29 00:00 UTC"),
    (4_107_542_399, "2100-02-28 23:59 UTC"), (4_107_542_400, "2100-03-01 00:00 UTC"),
    (253_402_300_799, "9999-12-31 23:59 UTC"), (-62_135_596_800, "1-01-01 00:00 UTC"),
    (-62_167_219_201, "-1-12-31 23:59 UTC"),
  ])
  func `days before and after 1970`(seconds: Int, text: String) {
    #expect(Moment(seconds).description == text)
  }

  /// A loop over years would take minutes, and a Double could not hold the seconds.
  @Test func `the first and the last second that a number can say have a day`() {
    #expect(CalendarDate(secondsSince1970: .max).year == 292_277_026_596)
    #expect(CalendarDate(secondsSince1970: .min).year == -292_277_022_657)
    #expect(CalendarDate(secondsSince1970: .max).adding(months: .max).month > 0)
    #expect(Moment(.min).description.hasSuffix(" UTC"))
  }

  @Test func `every day follows the one before`() {
    var before = CalendarDate(secondsSince1970: -150_001 * 86_400)
    let wrong = (-150_000...150_000).filter { day in
      let date = CalendarDate(secondsSince1970: day * 86_400)
      defer { before = date }
      let isNext = date.month == before.month ? date.day == before.day + 1 : date.day == 1
      return !(isNext && before < date)
    }
    #expect(wrong.isEmpty)
  }

  @Test func `months are added across years, backwards too`() {
    let day = CalendarDate(secondsSince1970: 951_782_400)
    #expect(day.adding(months: 12).description == "2001-02-28")
    #expect(day.adding(months: -2).description == "1999-12-29")
    #expect(CalendarDate(secondsSince1970: -62_200_000_000).adding(months: -13).month > 0)
  }

  // MARK: Sums

  @Test func `sums end at the largest number`() {
    #expect(Int.max.addingClamped(1) == .max)
    #expect(Int.min.addingClamped(-1) == .min)
    #expect(Int.min.subtractingClamped(1) == .min)
    #expect(0.subtractingClamped(.min) == .max)
    #expect(5.addingClamped(-7) == -2)
    #expect([Int.max, Int.max, 1].clampedSum { $0 } == .max)
    #expect([1, 2, 3].clampedSum { $0 } == 6)
  }

  @Test func `how long a build waits is a number of days whatever the hub says`() {
    let nvr = NVR(name: "a", version: "1", rpmRelease: "1")
    func days(_ since: Int) -> Int? {
      PendingEntry(package: "a", nvr: nvr, tag: "t", since: since, now: 1_600_000_000).days
    }
    #expect(days(.min) == .max / 86_400)
    #expect(days(.max) == 0)
    #expect(days(1_600_000_000 - 86_400) == 1)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 253_402_300_800])
  func `what is no time is none`(number: Double) {
    #expect(NumberFromOutside.seconds(number) == nil)
  }

  @Test func `a fraction of a second is left out`() {
    #expect(NumberFromOutside.seconds(1_552_000_000.9) == 1_552_000_000)
    #expect(NumberFromOutside.seconds(-0.5) == -1)
  }
}
