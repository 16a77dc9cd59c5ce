import Foundation
import ReleaseModel
import Testing

@Suite struct MomentTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (1_552_000_007, "2019-03-07T23:06:47Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func `programs read RFC 3339`(seconds: Int, text: String) throws {
    #expect(Moment(seconds).rfc3339 == text)
    #expect(
      String(decoding: try JSONEncoder().encode(Moment(seconds)), as: UTF8.self) == "\"\(text)\"")
    #expect(try Date(text, strategy: .iso8601) == Date(timeIntervalSince1970: Double(seconds)))
  }

  @Test func `a removal says its time so, and reads the words of earlier plans`() throws {
    let removal = Removal(
      package: "alpha", release: try ReleaseID("7.07.201908"), cause: .withdrawn, at: 1_552_000_007,
      operatorName: "alice@composer")
    #expect(removal.at == "2019-03-07T23:06:47Z")
    #expect(removal.circumstances == "with 7.07.201908 on 2019-03-07 by alice@composer")
    let json = String(decoding: try JSONEncoder().encode(removal), as: UTF8.self)
      .replacing("2019-03-07T23:06:47Z", with: "2019-03-07 23:06 UTC")
    let earlier = try JSONDecoder().decode(Removal.self, from: Data(json.utf8))
    #expect(earlier.circumstances == removal.circumstances)
  }
}
