import ReleaseModel
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    ("2019-03-01", 13, "2020-04-01"), ("2019-01-31", 1, "2019-02-28"),
    ("2020-01-31", 1, "2020-02-29"), ("2019-12-31", 2, "2020-02-29"),
    ("2020-02-29", 12, "2021-02-28"), ("2019-11-30", 3, "2020-02-29"),
    ("2019-05-05", 0, "2019-05-05"),
  ])
  func `months are added as people count them`(from: String, months: Int, to: String) throws {
    #expect(try #require(CalendarDate(from)).adding(months: months).description == to)
  }

  @Test(arguments: [
    "2019-02-29", "2019-13-01", "2019-00-01", "2019-1-1", "19-01-01", "x", "2019-04-31",
  ])
  func `a day that does not exist is no date`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01 00:00 UTC"), (951_782_400, "2000-02-29 00:00 UTC"),
    (1_552_000_000, "2019-03-07 23:06 UTC"), (2_147_483_648, "2038-01-19 03:14 UTC"),
  ])
  func `seconds become days of the calendar`(seconds: Int, expected: String) {
    #expect(Moment(seconds).description == expected)
  }
}
