import ComposeTestSupport
import LogAnalysis
import Testing

/// Every number of a clean log, worked out by awk as well.
@Suite(.waiting) struct AwkOracleTests {
  /// Lines of two days by a small generator of random numbers, in the order of time.
  static func log(_ count: Int) -> String {
    var state: UInt64 = 88_172_645_463_325_252
    func random(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    let agents = [
      "libdnf (CentOS Linux 8; generic; Linux.x86_64)", "urlgrabber/3.10 yum/3.4.3", "curl/7.29.0",
      "dnf/4.2.7",
    ]
    let statuses = [200, 200, 200, 200, 304, 404, 500, 502, 503, 503, 504, 505]
    let targets = [
      "/metalink?repo=epel-7&arch=x86_64", "/pub/a/repodata/repomd.xml",
      "/pub/b/repodata/repomd.xml",
      "/pub/a/Packages/a/a-1-1.noarch.rpm",
    ]
    var lines: [String] = []
    for number in 0..<count {
      let time = number * 172_800 / count
      let line = AccessLogLines.line(
        // So few that they are counted exactly, and three that ask again and again.
        random(10) == 0 ? "10.9.9.\(random(3))" : "10.0.\(random(20)).\(random(25))",
        at: time % 86_400, targets[random(4)],
        statuses[random(statuses.count)], agent: agents[random(4)])
      lines.append(time < 86_400 ? line : line.replacing("29/Mar", with: "30/Mar"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Lines that awk's program prints, sorted.
  private func awk(_ program: String, _ file: String) throws -> [String] {
    try Shell.check("awk", [program, file]).split(separator: "\n").map(String.init).sorted()
  }

  @Test func `every number equals what awk counts`() throws {
    let scratch = try TemporaryDirectory()
    let text = Self.log(20_000)
    let file = try scratch.write(text, to: "a-access.log")
    let reports = LogReports.of(["a": text])

    let days = try awk(
      #"""
      { split($4, t, /[\/:\[]/); day = t[2]; n[day]++; if ($9 ~ /^5/) { e[day]++; s[day, $9]++
        if (!((day, $1) in seen)) { seen[day, $1] = 1; c[day]++ } } }
      END { for (d in n) print d, n[d], e[d], s[d, 500], s[d, 502], s[d, 503], s[d, 504], s[d, 505], c[d] }
      """#, file)
    let rows = try #require(reports.errors)
    #expect(
      rows.map {
        "\($0.day.suffix(2)) \($0.requests) \($0.errors) \($0.status500) \($0.status502) \($0.status503) \($0.status504) \($0.otherErrors) \($0.clients)"
      }.sorted() == days)

    let minutes = try awk(
      #"{ m = substr($4, 17, 2) + 0; n[m]++; if ($9 ~ /^5/) e[m]++ } END { for (m in n) print m, n[m], e[m] + 0 }"#,
      file)
    let server = try #require(reports.minutes?.servers.first)
    #expect(
      (0..<60).map { "\($0) \(server.requests[$0]) \(server.errors[$0])" }.sorted() == minutes)

    let agents = try awk(
      #"-F"" { n[$6]++; if (substr($3, 2, 1) == "5") e[$6]++ } END { for (a in n) print n[a], e[a] }"#
        .replacing("-F\"\"", with: "BEGIN { FS = \"\\\"\" }"), file)
    #expect(try #require(reports.clients).map { "\($0.requests) \($0.errors)" }.sorted() == agents)

    let networks = try awk(
      #"{ split($1, a, "."); n[a[1] "." a[2] "." a[3] ".0/24"]++ } END { for (k in n) print k, n[k] }"#,
      file)
    let found = try #require(reports.eager).networks.map { "\($0.network) \($0.requests)" }
    #expect(found.count == 20)
    #expect(Set(found).isSubset(of: networks))

    // Failed sessions: of one client and thing, in the order of time, no gap over 10 s.
    let sessions = try awk(
      #"""
      function done(k) { if (bad[k]) f[day[k]]++ }
      { split($4, t, /[\/:\[]/); now = t[2] * 86400 + t[5] * 3600 + t[6] * 60 + t[7]; k = $1 " " $7
        if ((k in last) && now - last[k] > 10) done(k)
        last[k] = now; bad[k] = ($9 ~ /^5/); day[k] = t[2] }
      END { for (k in last) done(k); for (d in f) print d, f[d] }
      """#, file)
    #expect(rows.map { "\($0.day.suffix(2)) \($0.failedSessions)" }.sorted() == sessions)

    // Clients that asked one repomd.xml more than four times in an hour of the clock.
    let eager = try awk(
      #"""
      /repomd.xml/ { h = substr($4, 2, 14) " " $1 " " $7; n[h]++ }
      END { for (h in n) if (n[h] > 4) { split(h, a, " "); k = a[2] " " a[3]; hours[k]++; sum[k] += n[h]; if (n[h] > most[k]) most[k] = n[h] }
        for (k in hours) print k, hours[k], most[k], sum[k] }
      """#, file)
    let clients = try #require(reports.eager)
    #expect(clients.clientCount == eager.count)
    #expect(
      clients.clients.map { "\($0.address) \($0.path) \($0.hours) \($0.most) \($0.requests)" }
        .sorted() == eager)
    #expect(!eager.isEmpty)
  }
}
