import ComposeTestSupport
import LogAnalysis
import Testing

/// Addresses of clients, as logs have them.
@Suite struct ClientAddressTests {
  private static func network(_ address: String) throws -> String {
    var lines = AccessLogLines()
    lines.add(address, at: 1)
    let reports = LogReports.of(["a": lines.text])
    #expect(reports.read.lines == 1, "\(address)")
    return try #require(reports.eager?.networks.first?.network, "\(address)")
  }

  @Test func `parts of every length at every place`() throws {
    var addresses: [[String]] = [[]]
    for _ in 0..<4 {
      addresses = addresses.flatMap { start in ["7", "42", "199"].map { start + [$0] } }
    }
    // The smallest and the largest of each length.
    for place in 0..<4 {
      for part in ["0", "9", "10", "99", "100", "255"] {
        var parts = ["1", "2", "3", "4"]
        parts[place] = part
        addresses.append(parts)
      }
    }
    #expect(addresses.count == 81 + 24)
    for parts in addresses {
      let expected = parts[..<3].joined(separator: ".") + ".0/24"
      #expect(try Self.network(parts.joined(separator: ".")) == expected)
    }
  }

  @Test(arguments: [
    "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3.4", "1..2.3.4", "1.2.3.256", "256.1.1.1", "1.999.1.1",
    "1234.1.1.1", "1.2.3.4567", "0001.2.3.4", "1.2.3.4x", "x1.2.3.4", "1-2.3.4.5", "1.2.3/4",
    "1.2.3-4",
    "1:2.3.4", "1.2.3.:", "...", "1.2.3.\u{e9}", "255.255.255.2555", "a.b.c.d", "1 .2.3.4",
  ])
  func `what only looks like one is a name`(text: String) throws {
    #expect(try Self.network(text) == "clients by name")
  }

  @Test func `each address is a client of its own`() throws {
    var lines = AccessLogLines()
    for last in 0..<250 {
      lines.add("10.0.0.\(last)", at: last, "/a", 503)
      lines.add("10.0.\(last).255", at: last, "/a", 503)
      lines.add("::ffff:10.0.0.\(last)", at: last, "/a", 503)
    }
    let row = try #require(LogReports.of(["a": lines.text]).errors?.first)
    #expect(row.clients == 500)
    #expect(row.errors == 750)
  }
}
