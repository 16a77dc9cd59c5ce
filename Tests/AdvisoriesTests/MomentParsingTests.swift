import ReleaseModel
import Testing

@testable import Advisories

@Suite struct MomentParsingTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1970-01-01 00:00:01", 1), ("2000-02-29", 951_782_400),
    ("2024-02-29", 1_709_164_800), ("2024-02-29 23:59:59", 1_709_251_199),
    ("2024-03-01", 1_709_251_200), ("2099-12-31 12:00:00", 4_102_401_600),
    ("9999-12-31 23:59:59", 253_402_300_799),
  ])
  func `a moment of UTC`(text: String, seconds: Int) {
    #expect(Moment(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", " ", "2024", "2024-02", "2024-02-30", "2023-02-29", "2100-02-29", "2024-13-01",
    "2024-00-01", "2024-01-00", "1969-12-31", "24-01-01", "2024-1-1", "2024-+1-01", "2024-01-01 ",
    " 2024-01-01", "2024-01-01T00:00:00Z", "2024-01-01 24:00:00", "2024-01-01 23:60:00",
    "2024-01-01 23:59:60", "2024-01-01 10:00", "2024-01-01 1:00:00", "2024-01-01 00:00:00 UTC",
    "01/02/2024", "1704164645", "２０２４-01-01", "2024-01-0\u{661}",
  ])
  func `no moment, or in a form that not all clients read`(text: String) {
    #expect(Moment(text) == nil)
  }

  @Test func `every day until 2110 is the one that it is called`() {
    for day in 0..<(140 * 366) {
      let date = CalendarDate(secondsSince1970: day * 86_400)
      #expect(Moment(date.description)?.seconds == day * 86_400)
    }
  }
}
