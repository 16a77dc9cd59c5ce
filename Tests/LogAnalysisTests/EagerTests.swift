import ComposeTestSupport
import LogAnalysis
import Testing

/// Who asks too often.
@Suite struct EagerTests {
  @Test func `more than four requests for one repomd in an hour are too many`() throws {
    var lines = AccessLogLines()
    let path = "/pub/x86_64/repodata/repomd.xml"
    for hour in 0..<3 {
      for number in 0..<(hour == 2 ? 7 : 5) {
        lines.add("192.0.2.7", at: hour * 3600 + number * 60, path)
      }
      for number in 0..<4 { lines.add("192.0.2.8", at: hour * 3600 + number * 60, path) }
    }
    // Four on either side of a full hour are not too many in any hour.
    for number in 0..<8 { lines.add("192.0.2.9", at: 3600 - 240 + number * 60, path) }
    let eager = try #require(LogReports.of(["a": lines.text]).eager)
    #expect(eager.clientCount == 1)
    let client = try #require(eager.clients.first)
    #expect(client.address == "192.0.2.7")
    #expect(client.path == path)
    #expect([client.hours, client.most, client.requests] == [3, 7, 17])
  }

  @Test func `a query makes no other file of it`() throws {
    var lines = AccessLogLines()
    let path = "/pub/x86_64/repodata/repomd.xml"
    for number in 0..<5 { lines.add(at: number * 60, "\(path)?\(number)") }
    let eager = try #require(LogReports.of(["a": lines.text]).eager)
    #expect(eager.clients.map(\.path) == [path])
    #expect(eager.clients.map(\.requests) == [5])
  }

  @Test func `networks are added up, of both kinds of address`() throws {
    var lines = AccessLogLines()
    for host in 1...30 { lines.add("198.51.100.\(host)", at: host) }
    for host in 1...20 { lines.add("2001:db8:7:\(host)::1", at: host) }
    for network in 1...40 { lines.add("10.1.\(network).9", at: network) }
    lines.add("::ffff:198.51.100.77", at: 90)
    lines.add("client.example.org", at: 91)
    let eager = try #require(LogReports.of(["a": lines.text]).eager)
    #expect(eager.networks.count == 20)
    #expect(
      eager.networks.prefix(2).map { "\($0.network) \($0.requests)" } == [
        "198.51.100.0/24 31", "2001:db8:7::/48 20",
      ])
    #expect(eager.networks[0].share == 31.0 / 92)
  }
}
