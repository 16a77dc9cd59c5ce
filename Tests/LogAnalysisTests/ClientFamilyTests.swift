import ComposeTestSupport
import LogAnalysis
import Testing

/// Which program a User-Agent is of.
@Suite struct ClientFamilyTests {
  @Test(arguments: [
    ("libdnf (CentOS Linux 8; generic; Linux.x86_64)", "libdnf", "CentOS Linux 8"),
    ("libdnf5 (Fedora Linux 41; server; Linux.x86_64)", "libdnf5", "Fedora Linux 41"),
    ("dnf/4.2.7", "dnf", "4.2.7"), ("microdnf/3.9.1", "microdnf", "3.9.1"),
    ("urlgrabber/3.10 yum/3.4.3", "yum", "3.4.3"), ("PackageKit-hawkey", "PackageKit", ""),
    ("ZYpp 17.31.8 (curl 7.88.1) openSUSE-Leap-15.5-x86_64", "zypper", "17.31.8"),
    ("curl/7.29.0", "curl", "7.29.0"), ("Wget/1.14 (linux-gnu)", "wget", "1.14"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:68.0) Gecko/20100101 Firefox/68.0", "browser", ""),
    ("Mozilla/5.0 (compatible; Googlebot/2.1)", "other", ""),
    ("Artifactory/7.77.3", "mirror tool", "artifactory"), ("-", "other", ""), ("", "other", ""),
  ])
  func `families and versions`(agent: String, family: String, version: String) throws {
    var lines = AccessLogLines()
    lines.add(at: 1, "/a", 200, agent: agent)
    lines.add(at: 2, "/a", 503, agent: agent)
    let row = try #require(LogReports.of(["a": lines.text]).clients?.first)
    #expect(row.family == family)
    #expect(row.version == version)
    #expect([row.requests, row.errors, row.failedSessions] == [2, 1, 1])
  }

  @Test func `any number of agents is counted`() throws {
    var lines = AccessLogLines()
    for number in 0..<9000 { lines.add(at: number, "/a", 200, agent: "curl/\(number)") }
    let rows = try #require(LogReports.of(["a": lines.text]).clients)
    #expect(rows.reduce(0) { $0 + $1.requests } == 9000)
    // Those beyond the first 4,096 have no version any more.
    #expect(rows.count <= 4097)
    #expect(rows.first?.version == "")
  }
}
