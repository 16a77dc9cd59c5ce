import ComposeTestSupport
import LogAnalysis
import Testing

/// Why a file was missing.
@Suite struct MissingTests {
  static let link = "/pub/epel/updates/7/Everything/x86_64"
  static let tree = "/pub/epel/updates/7.06.201903/Everything/x86_64"
  static let primary = "repodata/\(String(repeating: "0f", count: 32))-primary.xml.gz"

  private func report(_ lines: AccessLogLines) throws -> MissingReport {
    let scope = LogScope(paths: try .epel7(day: AccessLogLines.day))
    return try #require(LogReports.of(["a": lines.text], scope: scope).missing)
  }

  @Test func `metadata that a client had just been told of is torn`() throws {
    var lines = AccessLogLines()
    lines.add(at: 100, "\(Self.link)/repodata/repomd.xml", 200)
    lines.add(at: 160, "\(Self.link)/\(Self.primary)", 404)
    let report = try report(lines)
    #expect(report.count(.torn) == 1)
    let group = try #require(report.groups.first)
    #expect(group.way == "link")
    #expect(group.repository == "Everything/x86_64")
    #expect(group.family == "libdnf")
    #expect(report.paths.first?.path == "\(Self.link)/\(Self.primary)")
  }

  @Test func `so is an RPM, wherever it lies below its repository`() throws {
    var lines = AccessLogLines()
    lines.add(at: 100, "\(Self.tree)/repodata/repomd.xml", 304)
    lines.add(at: 900, "\(Self.tree)/Packages/a/alpha-1.0-1.noarch.rpm", 404)
    lines.add(at: 901, "\(Self.tree)/b/beta-1.0-1.noarch.rpm", 404)
    let report = try report(lines)
    #expect(report.count(.torn) == 2)
    #expect(report.groups.first?.release == "7.06.201903")
    #expect(report.groups.first?.way == "concrete")
  }

  @Test func `queries change nothing`() throws {
    var lines = AccessLogLines()
    lines.add(at: 100, "\(Self.link)/repodata/repomd.xml?x=1", 200)
    lines.add(at: 160, "\(Self.link)/\(Self.primary)?y=2", 404)
    lines.add("192.0.2.2", at: 170, "\(Self.link)/repodata/repomd.xml?x=1", 404)
    let report = try report(lines)
    #expect(report.count(.torn) == 1)
    #expect(report.count(.other) == 1)
  }

  @Test func `spaces in a path are part of it`() throws {
    var lines = AccessLogLines()
    lines.add(at: 100, "\(Self.link)/a file", 404)
    #expect(try report(lines).paths.map(\.path) == ["\(Self.link)/a file"])
  }

  @Test func `a line that is late changes no class`() throws {
    var lines = AccessLogLines()
    // The 404 is written first, then the repomd.xml that it follows.
    lines.add("192.0.2.9", at: 105, "/robots.txt")
    lines.add(at: 103, "\(Self.link)/\(Self.primary)", 404)
    lines.add(at: 100, "\(Self.link)/repodata/repomd.xml", 200)
    // The repomd.xml after it is written first.
    lines.add("192.0.2.2", at: 200, "\(Self.link)/repodata/repomd.xml", 200)
    lines.add("192.0.2.2", at: 205, "\(Self.link)/repodata/repomd.xml", 200)
    lines.add("192.0.2.2", at: 203, "\(Self.link)/\(Self.primary)", 404)
    #expect(try report(lines).count(.torn) == 3 - 1)
    // Late, but after the 404.
    lines.add("192.0.2.3", at: 300, "\(Self.link)/\(Self.primary)", 404)
    lines.add("192.0.2.9", at: 310, "/robots.txt")
    lines.add("192.0.2.3", at: 301, "\(Self.link)/repodata/repomd.xml", 200)
    let report = try report(lines)
    #expect(report.count(.torn) == 2)
    #expect(report.count(.other) == 1)
    #expect(report.paths.map(\.requests) == [2, 1])
  }

  @Test func `escapes and doubled slashes mean the same`() throws {
    var lines = AccessLogLines()
    lines.add(at: 100, "\(Self.link)/repodata/repomd.xml", 200)
    lines.add(at: 110, "/pub/epel//updates/7/Everything/x86_64/\(Self.primary)", 404)
    lines.add(
      at: 120, "/pub/epel/updates%2f7/Everything/x86_64/Packages/g/g%2b-1-1.noarch.rpm", 404)
    lines.add("192.0.2.2", at: 130, "/pub//epel/updates/%37/Everything/x86_64/repodata/repomd.xml")
    lines.add("192.0.2.2", at: 140, "\(Self.link)/\(Self.primary)", 404)
    lines.add(at: 150, "/mirrorlist?arch=x&path=pub%2Fepel%2Fupdates%2F7", 404)
    lines.add(at: 160, "/metalink?path=/pub/epel//releases/7&arch=x", 404)
    lines.add(at: 170, "/metalink?repo=epel%2D9&arch=x", 404)
    let report = try report(lines)
    #expect(report.count(.torn) == 3)
    #expect(report.count(.link) == 2)
    #expect(report.groups.first { $0.class == .unknownRepo }?.repository == "epel-9")
    #expect(Set(report.groups.filter { $0.class == .torn }.map(\.way)) == ["link"])
  }

  @Test(arguments: [
    // Another client, another repository, too long ago, afterwards, not found either, and a
    // file that metadata does not name.
    ("192.0.2.2", 160, link, primary, 200), ("192.0.2.1", 160, tree, primary, 200),
    ("192.0.2.1", 1001, link, primary, 200), ("192.0.2.1", 90, link, primary, 200),
    ("192.0.2.1", 160, link, primary, 404),
    ("192.0.2.1", 160, link, "repodata/primary.xml.gz", 200),
  ])
  func `what a client was not told of is not torn`(
    client: String, time: Int, base: String, file: String, status: Int
  ) throws {
    var lines = AccessLogLines()
    lines.add(at: 100, "\(Self.link)/repodata/repomd.xml", status)
    lines.add(client, at: time, "\(base)/\(file)", 404)
    #expect(try report(lines).count(.torn) == 0)
    #expect(try report(lines).count(.other) >= 1)
  }

  @Test func `a release that was archived by then`() throws {
    var lines = AccessLogLines()
    lines.add(at: 17 * 3600, "\(Self.tree)/repodata/repomd.xml", 404)
    lines.add(at: 19 * 3600, "\(Self.tree)/repodata/repomd.xml", 404)
    let report = try report(lines)
    #expect(report.count(.archived) == 1)
    #expect(report.count(.other) == 1)
  }

  @Test func `a release that came back is archived no more, until it is again`() throws {
    let day = AccessLogLines.day
    let more = [
      StreamPaths.Event(kind: .restore, at: day + 20 * 3600, release: "7.06.201903"),
      StreamPaths.Event(kind: .archive, at: day + 22 * 3600, release: "7.06.201903"),
    ]
    var lines = AccessLogLines()
    for hour in [17, 19, 21, 23] {
      lines.add(at: hour * 3600, "\(Self.tree)/repodata/repomd.xml", 404)
    }
    let scope = LogScope(paths: try .epel7(day: day, more: more))
    let report = try #require(LogReports.of(["a": lines.text], scope: scope).missing)
    #expect(report.count(.archived) == 2)
    #expect(report.count(.other) == 2)
  }

  @Test func `what MirrorManager does not know`() throws {
    var lines = AccessLogLines()
    lines.add(at: 1, "/metalink?repo=epel-9&arch=x86_64", 404)
    lines.add(at: 2, "/mirrorlist?arch=x86_64&repo=epel-9", 404)
    lines.add(at: 3, "/metalink?path=pub/epel/releases/7/Everything/x86_64&arch=x86_64", 404)
    lines.add(at: 4, "/metalink?path=pub/fedora/nothing", 404)
    let report = try report(lines)
    #expect(report.count(.unknownRepo) == 2)
    #expect(report.groups.first { $0.class == .unknownRepo }?.repository == "epel-9")
    #expect(report.count(.link) == 1)
    #expect(report.count(.other) == 1)
    #expect(report.requests == 4)
  }

  @Test func `ten paths of each class, commonest first`() throws {
    var lines = AccessLogLines()
    for number in 0..<30 {
      for _ in 0..<(30 - number) { lines.add(at: 5, "/robots\(number)", 404) }
    }
    let paths = try report(lines).paths
    #expect(paths.count == 10)
    #expect(paths.first == paths.max { $0.requests < $1.requests })
    #expect(paths.map(\.path) == (0..<10).map { "/robots\($0)" })
  }
}
