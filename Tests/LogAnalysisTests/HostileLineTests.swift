import ComposeTestSupport
import LogAnalysis
import ReleaseModel
import Testing

/// Lines that nobody expects: each is read right or refused, and none harms the others.
@Suite struct HostileLineTests {
  static let time = "[29/Mar/2020:16:04:28 +0000]"
  static let good = "192.0.2.1 - - \(time) \"GET /a HTTP/1.1\" 200 5 \"-\" \"curl/7.29.0\""
  /// Seconds since 1970 of ``time``.
  static let moment = 1_585_497_868

  /// A line that can be read, and what of it: status, time, client's network, family.
  struct Readable: Sendable {
    let line: String
    var status = 200
    var time = HostileLineTests.moment
    var network = "192.0.2.0/24"
    var family = "curl"
  }

  static var readable: [Readable] {
    func with(_ part: String, _ other: String) -> String { good.replacing(part, with: other) }
    var lines: [Readable] = [
      Readable(line: good),
      // Quotation marks in requests and agents, escaped and not.
      Readable(line: with("/a", "/a\\\"b")), Readable(line: with("/a", "/a\"b")),
      Readable(line: with("/a", "/a\\\" 503 7 \\\"")), Readable(line: with("/a", "/a%22b")),
      Readable(line: with("curl/7.29.0", "curl/7 \\\"quoted\\\" x")),
      Readable(line: with("curl/7.29.0", "curl/7 \"quoted\" x")),
      Readable(line: with("\"-\"", "\"http://example.org/\\\"?a=\\\"\"")),
      Readable(line: with("\"-\"", "\"\"")),
      // Requests without protocol, without path, with more spaces, and no requests at all.
      Readable(line: with(" HTTP/1.1", "")), Readable(line: with("GET /a HTTP/1.1", "GET")),
      Readable(line: with("GET /a HTTP/1.1", "-"), status: 200),
      Readable(line: with("GET /a HTTP/1.1", "")),
      Readable(line: with("/a", "/a b c")), Readable(line: with("GET /a", "GET  /a")),
      Readable(line: with("GET /a HTTP/1.1", "\\x16\\x03\\x01")),
      Readable(line: with("GET", "PROPFIND")), Readable(line: with("GET", "get")),
      Readable(line: with("/a", "http://other.example.org/a")),
      Readable(line: with("/a", String(repeating: "/", count: 9000))),
      Readable(line: with("/a", "/\u{0}\u{1}\u{7F}")), Readable(line: with("/a", "/\u{202E}é😀")),
      // Users with anything in their names.
      Readable(line: with(" - - ", " - alice ")), Readable(line: with(" - - ", " - al ice ")),
      Readable(line: with(" - - ", " - [alice] ")), Readable(line: with(" - - ", " - [29/x ")),
      Readable(line: with(" - - ", " ident alice ")), Readable(line: with(" - - ", " - \"\" ")),
      // A virtual host in front.
      Readable(line: "dl.example.org:443 " + good), Readable(line: "dl.example.org " + good),
      Readable(line: "10.0.0.1:80 " + good), Readable(line: "10.0.0.1 " + good),
      Readable(line: "[2001:db8::1]:443 " + good), Readable(line: "- " + good),
      // More behind.
      Readable(line: good + " 0.003"), Readable(line: good + " \"10.0.0.1\" rt=0.1"),
      Readable(line: good + " "), Readable(line: good + "\r"),
      // The common form, and lines that were cut off.
      Readable(line: with(" \"-\" \"curl/7.29.0\"", ""), family: "other"),
      Readable(line: with("\"curl/7.29.0\"", ""), family: "other"),
      Readable(line: with("\"curl/7.29.0\"", "\"curl/7.2")),
      Readable(line: with("\"-\" \"curl/7.29.0\"", "\"-"), family: "other"),
      Readable(line: with("\"curl/7.29.0\"", "\"\""), family: "other"),
      Readable(line: with("\"curl/7.29.0\"", "\"-\""), family: "other"),
      // Sizes that are none.
      Readable(line: with("200 5", "404 -"), status: 404),
      Readable(line: with("200 5 \"-\" \"curl/7.29.0\"", "404"), status: 404, family: "other"),
      Readable(line: with("200 5", "408 0"), status: 408),
      Readable(line: with("200 5", "499 99999999999999999999"), status: 499),
      Readable(line: with("200 5", "599 5"), status: 599),
      Readable(line: with("200 5", "999 5"), status: 999),
      Readable(line: with("200 5", "100 5"), status: 100),
      // Clients.
      Readable(line: with("192.0.2.1", "2001:db8:0:1::2"), network: "2001:db8:0::/48"),
      Readable(line: with("192.0.2.1", "::1"), network: "0:0:0::/48"),
      Readable(line: with("192.0.2.1", "::ffff:192.0.2.9")),
      Readable(line: with("192.0.2.1", "fe80::1%eth0"), network: "clients by name"),
      Readable(line: with("192.0.2.1", "host.example.org"), network: "clients by name"),
      Readable(line: with("192.0.2.1", "256.1.1.1"), network: "clients by name"),
      Readable(line: with("192.0.2.1", "1.2.3"), network: "clients by name"),
      Readable(line: with("192.0.2.1", "-"), network: "clients by name"),
      Readable(line: with("192.0.2.1", "192.0.2.1, 10.0.0.1")),
      Readable(line: with("192.0.2.1", "2001:db8::7, 10.0.0.1"), network: "2001:db8:0::/48"),
      Readable(line: with("192.0.2.1", "0.0.0.0"), network: "0.0.0.0/24"),
      Readable(line: with("192.0.2.1", "255.255.255.255"), network: "255.255.255.0/24"),
      // Zones, and leap seconds.
      Readable(line: with("+0000", "-0000")),
      Readable(line: with("+0000", "+0530"), time: moment - 19_800),
      Readable(line: with("+0000", "-0330"), time: moment + 12_600),
      Readable(line: with("+0000", "+1400"), time: moment - 50_400),
      Readable(line: with("16:04:28", "23:59:60"), time: 1_585_526_399),
      Readable(line: with("29/Mar/2020", "29/Feb/2020"), time: moment - 29 * 86_400),
      Readable(line: with("29/Mar/2020", "01/Jan/1970"), time: 57_868),
      Readable(line: with(time, "[01/Jan/1970:01:00:00 +0100]"), time: 0),
      Readable(line: with("29/Mar/2020", "31/Dec/9999"), time: 253_402_300_799 - 86_400 + 57_869),
    ]
    // Every byte but a line feed in a path and in an agent.
    for byte in UInt8(1)...127 where byte != 0x0A {
      let text = String(UnicodeScalar(byte))
      lines.append(
        Readable(line: byte % 2 == 0 ? with("/a", "/a\(text)b") : with("7.29.0", "7\(text)0")))
    }
    return lines
  }

  static var unreadable: [String] {
    func with(_ part: String, _ other: String) -> String { good.replacing(part, with: other) }
    return [
      "x", "\u{0}", String(repeating: "\u{0}", count: 4096), "[", "\"\"\"\"", " - - [",
      "192.0.2.1 - - \(time)", "192.0.2.1 - - \(time) \"",
      "192.0.2.1 - - \(time) \"GET /a HTTP/1.1\"",
      "192.0.2.1 - - \(time) \"GET /a HTTP/1.1\" ", "192.0.2.1 - - \(time) \"GET /a HTTP/1.1\" 20",
      with("200 5", "- 5"), with("200 5", "2000 5"), with("200 5", "099 5"), with("200 5", "000 5"),
      with("200 5", "20x 5"), with("29/Mar/2020", "30/Feb/2020"),
      with("29/Mar/2020", "32/Mar/2020"),
      with("29/Mar/2020", "00/Mar/2020"), with("29/Mar/2020", "29/Mär/2020"),
      with("29/Mar/2020", "29/mar/2020"), with("29/Mar/2020", "29/Mar/1969"),
      with("29/Mar/2020", "29-Mar-2020"), with("16:04:28", "24:04:28"),
      with("16:04:28", "16:60:28"),
      with("16:04:28", "16:04:61"), with("16:04:28", "1x:04:28"), with("+0000", "+2400"),
      with("+0000", "+0060"), with("+0000", "00000"), with("+0000", "GMT  "),
      // Clocks that were never set: in their zones it is 1970, and 10000.
      with(time, "[01/Jan/1970:00:59:59 +0100]"), with(time, "[31/Dec/9999:23:00:00 -0100]"),
      with(time, "[2020-03-29T16:04:28Z]"),
      with(time, ""), with("\"GET /a HTTP/1.1\"", "GET /a HTTP/1.1"), with("[", ""),
      String(good.dropFirst(9)), "# a comment of whatever wrote this log, with some words in it",
      "{\"time\":\"2020-03-29T16:04:28Z\",\"status\":200,\"request\":\"GET /a HTTP/1.1\"}",
      "Mar 29 16:04:28 proxy01 haproxy[7]: 192.0.2.1:4711 [29/Mar/2020:16:04:28.123] f b/s 0/0/1 200 5",
      String(repeating: "[", count: 5000), String(repeating: "\"", count: 5000),
      String(repeating: " ", count: 5000), String(repeating: "[29/Mar/2020:", count: 900),
    ]
  }

  @Test func `there are two hundred`() {
    #expect(Self.readable.count + Self.unreadable.count >= 200)
  }

  @Test func `what can be read is read right`() throws {
    for one in Self.readable {
      let reports = LogReports.of(["a": one.line + "\n"])
      #expect(reports.read.lines == 1, "\(one.line)")
      let row = try #require(reports.errors?.first, "\(one.line)")
      #expect(row.errors == ((500...599).contains(one.status) ? 1 : 0), "\(one.line)")
      #expect(reports.read.from == Moment(one.time), "\(one.line)")
      #expect(reports.eager?.networks.first?.network == one.network, "\(one.line)")
      #expect(reports.clients?.first?.family == one.family, "\(one.line)")
    }
  }

  @Test func `what cannot is refused, and shown`() {
    for line in Self.unreadable {
      let tally = LogTally.of(line + "\n")
      #expect(tally.lines == 0, "\(line.prefix(100))")
      #expect(tally.unreadable == 1, "\(line.prefix(100))")
      #expect(tally.examples.count == 1)
      #expect((tally.examples.first?.utf8.count ?? 0) <= 130)
    }
  }

  @Test func `good lines between them count, with or without a last line feed`() {
    let hostile = Self.unreadable + Self.readable.map(\.line)
    let text = hostile.flatMap { [Self.good, $0] }.joined(separator: "\n")
    for end in ["", "\n", "\n\n\n"] {
      let tally = LogTally.of(text + end)
      #expect(tally.unreadable == Self.unreadable.count)
      #expect(tally.lines == hostile.count + Self.readable.count)
      #expect(tally.examples.count == 5)
    }
  }

  @Test func `bytes that are no text, and lines of a megabyte`() {
    var bytes: [UInt8] = []
    for byte in UInt8(128)...255 {
      bytes +=
        Array(Self.good.replacing("/a", with: "/#").utf8).map { $0 == 0x23 ? byte : $0 } + [0x0A]
    }
    bytes +=
      Array(Self.good.replacing("/a", with: "/" + String(repeating: "a", count: 1 << 20)).utf8) + [
        0x0A
      ]
    bytes +=
      Array(Self.good.replacing("curl", with: String(repeating: "\\\"", count: 1 << 19)).utf8) + [
        0x0A
      ]
    bytes += [UInt8](repeating: 0xFF, count: 1 << 20) + [0x0A] + Array(Self.good.utf8)
    let tally = LogTally.of(bytes)
    #expect(tally.lines == 128 + 3)
    #expect(tally.unreadable == 1)
  }

  @Test func `more days than there can be`() {
    var text = ""
    for day in 0..<4100 {
      let date = CalendarDate(secondsSince1970: 946_684_800 + day * 86_400)
      let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
      ]
      text +=
        Self.good.replacing(
          "29/Mar/2020",
          with: "\(date.day < 10 ? "0" : "")\(date.day)/\(months[date.month - 1])/\(date.year)")
        + "\n"
    }
    let reports = LogReports.of(["a": text])
    #expect(reports.errors?.count == 4000)
    #expect(reports.forgotten.days == 100)
    #expect(reports.read.lines == 4100)
  }
}
