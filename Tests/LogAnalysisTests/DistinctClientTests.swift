import ComposeTestSupport
import LogAnalysis
import Testing

/// How many clients got an error.
@Suite struct DistinctClientTests {
  private func clients(_ count: Int) throws -> Int {
    var lines = AccessLogLines()
    for client in 0..<count {
      for _ in 0..<2 {
        lines.add("10.\(client >> 16).\(client >> 8 & 255).\(client & 255)", at: 7, "/a", 503)
      }
    }
    return try #require(LogReports.of(["a": lines.text]).errors?.first).clients
  }

  @Test(arguments: [0, 1, 2, 511, 512])
  func `few are counted exactly`(count: Int) throws {
    guard count > 0 else { return }
    #expect(try clients(count) == count)
  }

  @Test(arguments: [513, 3000, 12_000])
  func `many are estimated within a few hundredths`(count: Int) throws {
    let found = try clients(count)
    #expect(abs(found - count) * 100 <= 3 * count, "\(found) of \(count)")
  }
}
