import ComposeTestSupport
import LogAnalysis
import Testing

/// What lines say from their requests on is known when it comes again.
@Suite struct RepeatedRequestTests {
  /// More than are known at once, so that some take the places of others.
  private static let count = 6000

  @Test func `what comes again is counted as it was the first time`() throws {
    var lines = AccessLogLines()
    for round in 0..<5 {
      for number in 0..<Self.count {
        lines.add(
          "192.0.2.\(number % 200)", at: round * 600 + number / 10,
          "/pub/\(number)/repodata/repomd.xml", number % 3 == round ? 503 : 200)
      }
    }
    let reports = LogReports.of(["a": lines.text])
    let eager = try #require(reports.eager)
    #expect(eager.clientCount == Self.count)
    #expect(eager.clients.allSatisfy { $0.requests == 5 && $0.hours == 1 })
    let day = try #require(reports.errors?.first)
    #expect([day.requests, day.status503] == [5 * Self.count, Self.count])
  }

  @Test func `what begins or ends alike is told apart`() throws {
    var text = ""
    let path = "/pub/x86_64/repodata/repomd.xml"
    for second in 0..<50 {
      for status in [200, 500, 502, 503] {
        text +=
          AccessLogLines.line("192.0.2.1", at: second, path, status, agent: "curl/7.29.0") + "\n"
        text +=
          AccessLogLines.line("192.0.2.1", at: second, path, status, agent: "Wget/1.14") + "\n"
      }
    }
    let reports = LogReports.of(["a": text])
    let day = try #require(reports.errors?.first)
    #expect([day.requests, day.status500, day.status502, day.status503] == [400, 100, 100, 100])
    let clients = try #require(reports.clients)
    #expect(
      clients.map { "\($0.family) \($0.requests) \($0.errors)" }.sorted() == [
        "curl 200 150", "wget 200 150",
      ])
  }

  @Test func `what cannot be read is not taken for what could`() {
    let line = AccessLogLines.line("192.0.2.1", at: 1, "/", 200, agent: "curl/7.29.0")
    let broken = line.replacing("\" 200 ", with: "\" 20x ")
    let other = AccessLogLines.line("192.0.2.2", at: 2, "/", 200, agent: "curl/7.29.0")
    let tally = LogTally.of(
      [line, broken, other, broken, line].map { $0 + "\n" }.joined())
    #expect([tally.lines, tally.unreadable] == [3, 2])
  }

  @Test func `times that are left out are left out also of what is known`() {
    let text = (0..<100).map {
      AccessLogLines.line("192.0.2.1", at: $0, "/", 200, agent: "curl/7.29.0") + "\n"
    }
    .joined()
    let start = LogTally.of(text).first
    let tally = LogTally.of(text, scope: LogScope(times: start + 10..<start + 30))
    #expect(
      [tally.lines, tally.counted, tally.first, tally.last] == [100, 20, start + 10, start + 29])
  }
}
