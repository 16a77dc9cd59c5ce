import ComposeTestSupport
import LogAnalysis
import Testing

/// Days on which something was wrong, as logs of twelve servers with known truth: requests
/// are spread evenly, one in five hundred fails by chance, and what is wrong comes on top.
@Suite struct SeedDayTests {
  static let servers = (1...12).map { $0 < 10 ? "proxy0\($0)" : "proxy\($0)" }
  static let requests = 2880

  /// - Parameter more: by server and second of the day, how many requests fail besides.
  static func logs(_ more: (String, Int) -> Int) -> [String: String] {
    var logs: [String: String] = [:]
    for (number, server) in servers.enumerated() {
      var lines = AccessLogLines()
      for request in 0..<requests {
        // One every thirty seconds.
        let time = request * 30
        let isError = (request + number * 37) % 500 == 0
        lines.add(
          "198.51.\(number).\(request % 250)", at: time, "/metalink?repo=epel-7",
          isError ? 503 : 200)
        for one in 0..<more(server, time) {
          lines.add("203.0.\(number).\(one % 250)", at: time, "/metalink?n=\(one)", 503)
        }
      }
      logs[server] = lines.text
    }
    return logs
  }

  @Test func `a drain at quarter past on all servers is named`() throws {
    // All of it: :15 and :16, three each minute and hour: 45,000 of 20 million, made smaller.
    let logs = Self.logs { _, time in (15...16).contains(time / 60 % 60) && time % 60 == 0 ? 3 : 0 }
    let reports = LogReports.of(logs)
    let minutes = try #require(reports.minutes)
    #expect(minutes.patterns.map(\.text) == [":15–:16 on all servers: data is swapped there?"])
    let pattern = try #require(minutes.patterns.first)
    #expect(pattern.from == 15)
    #expect(pattern.to == 16)
    #expect(pattern.hours.isEmpty)
    #expect(pattern.servers.count == 12)
    // What comes on top, and what fails by chance in these minutes.
    #expect((12 * 24 * 6...12 * 24 * 6 + 12).contains(pattern.errors))
    #expect(reports.notes.isEmpty)
  }

  @Test func `a herd at full hours that are multiples of four, mostly against one, is named`()
    throws
  {
    let logs = Self.logs { server, time in
      guard time / 3600 % 4 == 0, (0...5).contains(time / 60 % 60), time % 60 == 0 else { return 0 }
      return server == "proxy01" ? 50 : 2
    }
    let minutes = try #require(LogReports.of(logs).minutes)
    #expect(
      minutes.patterns.map(\.text) == [
        ":00–:05, mostly proxy01: a herd at the full hour, in hours that are multiples of 4 (UTC)"
      ])
    let pattern = try #require(minutes.patterns.first)
    #expect(pattern.hours == [0, 4, 8, 12, 16, 20])
    #expect(pattern.servers.first?.server == "proxy01")
    let first = try #require(pattern.servers.first)
    #expect((50 * 36...50 * 36 + 2).contains(first.errors))
    #expect(pattern.servers.dropFirst().allSatisfy { (72...74).contains($0.errors) })
  }

  @Test func `both on one day are two patterns`() throws {
    let logs = Self.logs { server, time in
      guard time % 60 == 0 else { return 0 }
      let minute = time / 60 % 60
      if minute == 15 { return 4 }
      return time / 3600 % 4 == 0 && minute <= 5 ? (server == "proxy01" ? 50 : 4) : 0
    }
    let minutes = try #require(LogReports.of(logs).minutes)
    #expect(
      minutes.patterns.map(\.text) == [
        ":00–:05, mostly proxy01: a herd at the full hour, in hours that are multiples of 4 (UTC)",
        ":15 on all servers: data is swapped there?",
      ])
  }

  @Test func `merged to one file, nothing is named, and the report says why`() throws {
    let logs = Self.logs { _, time in time / 60 % 60 == 15 && time % 60 == 0 ? 6 : 0 }
    let merged = logs.values.flatMap { $0.split(separator: "\n") }
      .sorted { $0.dropFirst(20) < $1.dropFirst(20) }.joined(separator: "\n")
    let reports = LogReports.of(["merged": merged], told: false)
    #expect(reports.minutes?.patterns.isEmpty == true)
    let first = try #require(reports.notes.first)
    #expect(first.hasPrefix("The lines have no servers:"))
    #expect(first.contains("disappears in the sum"))
    // One server whose name was told is another matter.
    let one = LogReports.of(["proxy01": logs["proxy01"] ?? ""])
    #expect(one.minutes?.patterns.map(\.text) == [":15 on proxy01: what runs there at that time?"])
    #expect(one.notes.isEmpty)
  }

  @Test func `a day on which nothing is wrong names nothing`() throws {
    let reports = LogReports.of(Self.logs { _, _ in 0 })
    #expect(reports.minutes?.patterns.isEmpty == true)
    #expect(reports.notes.isEmpty)
    #expect(reports.errors?.count == 12)
    #expect(reports.errors?.reduce(0) { $0 + $1.requests } == 12 * Self.requests)
  }

  @Test func `one server alone is named alone`() throws {
    let logs = Self.logs { server, time in
      server == "proxy07" && time / 60 % 60 == 42 && time % 60 == 0 ? 5 : 0
    }
    let minutes = try #require(LogReports.of(logs).minutes)
    #expect(minutes.patterns.map(\.text) == [":42 on proxy07: what runs there at that time?"])
  }

  @Test func `a run over the full hour is one run`() throws {
    let logs = Self.logs { _, time in
      [58, 59, 0, 1].contains(time / 60 % 60) && time % 60 == 0 ? 2 : 0
    }
    let pattern = try #require(LogReports.of(logs).minutes?.patterns.first)
    #expect(pattern.from == 58)
    #expect(pattern.to == 1)
    #expect(pattern.text == ":58–:01 on all servers: a herd at the full hour")
  }

  @Test func `fewer than twenty errors are no pattern`() throws {
    let logs = Self.logs { server, time in
      server == "proxy02" && time / 3600 < 9 && time / 60 % 60 == 30 && time % 60 == 0 ? 2 : 0
    }
    #expect(LogReports.of(logs).minutes?.patterns.isEmpty == true)
  }

  @Test func `the worst minute, and the one in the middle, are told of each server`() throws {
    let logs = Self.logs { server, time in
      server == "proxy02" && time / 60 % 60 == 15 && time % 60 == 0 ? 2 : 0
    }
    let servers = try #require(LogReports.of(logs).minutes?.servers)
    let failing = try #require(servers.first { $0.server == "proxy02" })
    #expect(failing.worst?.minute == 15)
    #expect(failing.worst?.share == Double(failing.errors[15]) / Double(failing.requests[15]))
    #expect(failing.usual == 0)
    let even = ServerMinutes(
      server: "a", requests: [Int](repeating: 10, count: 59) + [0],
      errors: [Int](repeating: 1, count: 57) + [4, 4, 0])
    #expect(even.usual == 0.1)
    #expect(even.worst?.minute == 57)
    let fine = ServerMinutes(
      server: "a", requests: [Int](repeating: 10, count: 60), errors: [Int](repeating: 0, count: 60)
    )
    #expect(fine.worst == nil)
    #expect(fine.usual == 0)
  }
}
