import ComposeTestSupport
import LogAnalysis
import Testing

/// What counts as a session that failed, and that it does not depend on where a log is cut.
@Suite struct SessionTests {
  private func failed(_ lines: AccessLogLines) -> Int? {
    LogReports.of(["a": lines.text]).errors?.reduce(0) { $0 + $1.failedSessions }
  }

  @Test func `twelve errors at once are one failed session`() {
    var lines = AccessLogLines()
    for second in 0..<12 { lines.add(at: 100 + second / 4, "/a", 503) }
    #expect(failed(lines) == 1)
  }

  @Test func `a session that ends well has not failed`() {
    var lines = AccessLogLines()
    for second in 0..<5 { lines.add(at: 100 + second, "/a", 503) }
    lines.add(at: 114, "/a", 200)
    #expect(failed(lines) == 0)
  }

  @Test func `after more than ten seconds it is another session`() {
    var lines = AccessLogLines()
    lines.add(at: 100, "/a", 503)
    lines.add(at: 111, "/a", 200)
    #expect(failed(lines) == 1)
    lines.add(at: 130, "/a", 503)
    lines.add(at: 141, "/a", 502)
    #expect(failed(lines) == 3)
  }

  @Test func `another client, or another thing, is another session`() {
    var lines = AccessLogLines()
    lines.add("192.0.2.1", at: 100, "/a", 503)
    lines.add("192.0.2.2", at: 101, "/a", 200)
    lines.add("192.0.2.1", at: 101, "/b", 200)
    #expect(failed(lines) == 1)
  }

  @Test func `lines out of order change nothing within a session`() {
    var lines = AccessLogLines()
    lines.add(at: 103, "/a", 503)
    lines.add(at: 108, "/a", 200)
    lines.add(at: 101, "/a", 503)
    lines.add(at: 4000, "/b", 200)
    #expect(failed(lines) == 1)
  }

  @Test(arguments: [1, 2, 3, 5, 7, 11, 16, 19])
  func `a log that is cut in two counts as the whole`(at line: Int) throws {
    var lines = AccessLogLines()
    // An error that is mended after the cut, one that goes on, one that is over; a torn read.
    let metadata = "/pub/epel/updates/7/Everything/x86_64/repodata"
    lines.add("192.0.2.9", at: 80, "\(metadata)/repomd.xml", 200)
    for (client, last) in [("192.0.2.1", 200), ("192.0.2.2", 503), ("192.0.2.3", 404)] {
      for second in 0..<5 { lines.add(client, at: 100 + second * 3, "/a", 503) }
      lines.add(client, at: 118, "/a", last)
    }
    lines.add(
      "192.0.2.9", at: 140, "\(metadata)/\(String(repeating: "ab", count: 32))-primary.xml.gz", 404)
    lines.add("192.0.2.4", at: 150, "/c", 500)
    let all = lines.text.split(separator: "\n", omittingEmptySubsequences: true)
    let sorted = all.map(String.init).sorted {
      $0.dropFirst(20).prefix(20) < $1.dropFirst(20).prefix(20)
    }
    func text(_ part: ArraySlice<String>) -> String { part.map { $0 + "\n" }.joined() }
    let scope = LogScope(paths: try .epel7(day: AccessLogLines.day))
    let whole = LogTally.of(text(sorted[...]), scope: scope)
    var parts = LogTally.of(text(sorted[..<line]), scope: scope)
    parts.append(LogTally.of(text(sorted[line...]), scope: scope, follows: true))
    let reports = [whole, parts].map { tally in
      LogReports(
        [ServerLog(server: "a", isTold: true, tally: tally)], names: Set(LogReportName.allCases),
        scope: scope, files: 1)
    }
    #expect(reports[0].errors == reports[1].errors)
    #expect(reports[0].errors?.first?.failedSessions == 2)
    #expect(reports[0].missing == reports[1].missing)
    #expect(reports[0].missing?.count(.torn) == 1)
    #expect(reports[0].clients == reports[1].clients)
    #expect(reports[0].adoption == reports[1].adoption)
    #expect(reports[0].eager == reports[1].eager)
  }
}
