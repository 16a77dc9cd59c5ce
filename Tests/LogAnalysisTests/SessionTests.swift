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
    #expect(failed(lines) == 0)
  }

  @Test func `an error that is written after the answer that mended it`() {
    var lines = AccessLogLines()
    lines.add(at: 43_203, "/a", 200)
    lines.add(at: 43_200, "/a", 503)
    #expect(failed(lines) == 0)
    // As late as a line may be, with others in between.
    lines.add(at: 50_005, "/b", 200)
    lines.add(at: 50_300, "/b", 200)
    for second in 50_300...50_899 { lines.add("192.0.2.2", at: second, "/c", 200) }
    lines.add(at: 50_000, "/b", 503)
    #expect(failed(lines) == 0)
    // The other way round it failed.
    lines.add(at: 60_003, "/a", 503)
    lines.add(at: 60_000, "/a", 200)
    #expect(failed(lines) == 1)
  }

  /// Requests of some clients over hours, most lines late, as sessions are defined.
  private struct Mess {
    var lines: [(time: Int, text: String)] = []
    var failed = 0

    init(seed: UInt64) {
      var state = seed
      func random(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
      }
      var requests: [(client: Int, time: Int, isError: Bool, written: Int)] = []
      for _ in 0..<3000 {
        let time = 1000 + random(3 * 3600)
        let late = random(4) == 0 ? random(890) : random(8)
        requests.append((random(40), time, random(3) == 0, time + late))
      }
      // In the order of writing; of one client at one second the first is enough.
      requests.sort { ($0.written, $0.time, $0.client) < ($1.written, $1.time, $1.client) }
      var seen: Set<Int> = []
      requests = requests.filter { seen.insert($0.client * 100_000 + $0.time).inserted }
      for request in requests {
        let line = AccessLogLines.line(
          "192.0.2.\(request.client)", at: request.time, "/a", request.isError ? 503 : 200,
          agent: AccessLogLines.libdnf)
        lines.append((request.written, line + "\n"))
      }
      for client in 0..<40 {
        let own = requests.filter { $0.client == client }.sorted { $0.time < $1.time }
        for (index, request) in own.enumerated() where request.isError {
          if index + 1 == own.count || own[index + 1].time - request.time > 10 { failed += 1 }
        }
      }
    }
  }

  @Test(arguments: 1...6)
  func `lines that are late, and a log that is cut anywhere, change no number`(seed: Int) {
    let mess = Mess(seed: UInt64(seed))
    func text(_ part: Range<Int>) -> String { mess.lines[part].map(\.text).joined() }
    let count = mess.lines.count
    #expect(mess.failed > 300)
    for cuts in [[], [count / 2], [count / 3, count / 3 + 40], [20, count / 4, count - 20]] {
      let ends = cuts + [count]
      var tally = LogTally.of(text(0..<ends[0]))
      for (from, to) in zip(ends, ends.dropFirst()) {
        tally.append(LogTally.of(text(from..<to), follows: true))
      }
      let reports = LogReports(
        [ServerLog(server: "a", isTold: true, tally: tally)], names: [.errors, .clients],
        scope: LogScope(), files: ends.count)
      #expect(reports.errors?.first?.failedSessions == mess.failed, "cut at \(cuts)")
      #expect(reports.clients?.first?.failedSessions == mess.failed, "cut at \(cuts)")
      #expect(reports.read.late == 0)
    }
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
