import ComposeTestSupport
import LogAnalysis
import Testing

/// Who uses which release after a flip.
@Suite struct AdoptionTests {
  private func report(_ lines: AccessLogLines) throws -> AdoptionReport {
    let scope = LogScope(paths: try .epel7(day: AccessLogLines.day))
    return try #require(LogReports.of(["a": lines.text], scope: scope).adoption)
  }

  @Test func `by link it is the release of the moment, by path that of the path`() throws {
    var lines = AccessLogLines()
    let noon = 12 * 3600
    lines.add(at: noon - 1, "/pub/epel/updates/7/Everything/x86_64/repodata/repomd.xml")
    lines.add(at: noon, "/pub/epel/updates/7/Everything/x86_64/repodata/repomd.xml")
    lines.add(at: noon + 1, "/pub/epel/releases/7/Everything/x86_64/repodata/repomd.xml")
    lines.add(at: noon + 2, "/pub/epel/updates/7.06.201903/Everything/x86_64/repodata/repomd.xml")
    lines.add(at: noon + 3, "/metalink?repo=epel-debug-7&arch=x86_64")
    lines.add(at: noon + 4, "/metalink?repo=epel-7.06.201903&arch=x86_64")
    // Neither of these is about the stream.
    lines.add(at: noon + 5, "/metalink?repo=fedora-7&arch=x86_64")
    lines.add(at: noon + 6, "/metalink?repo=epel-testing-7&arch=x86_64")
    lines.add(at: noon + 7, "/pub/fedora/linux/updates/7/x86_64/repodata/repomd.xml")
    lines.add(at: noon + 8, "/pub/epel/updates/7/Everything/x86_64/repodata/repomd.xml", 404)
    let report = try report(lines)
    #expect(report.hours.count == 2)
    #expect(report.hours[0].releases.map(\.release) == ["7.06.201903"])
    #expect(report.hours[0].releases.map(\.link) == [1])
    #expect(report.hours[1].releases.map(\.release) == ["7.06.201903", "7.07.201908"])
    #expect(report.hours[1].releases.map(\.link) == [0, 3])
    #expect(report.hours[1].releases.map(\.concrete) == [2, 0])
    #expect(report.hours[1].releases[1].share == 0.6)
    #expect(report.events.map(\.kind) == [.flip])
  }

  @Test func `how long it took`() throws {
    var lines = AccessLogLines()
    // From noon on, ten in a hundred more use the new release each hour.
    for hour in 0..<24 {
      let new = hour < 12 ? 0 : min(100, 10 * (hour - 11))
      for client in 0..<100 {
        let release = client < new ? "7.07.201908" : "7.06.201903"
        lines.add(
          "192.0.2.\(client)", at: hour * 3600 + client,
          "/pub/epel/updates/\(release)/Everything/x86_64/repodata/repomd.xml")
      }
    }
    let uptake = try #require(try report(lines).uptake.first)
    #expect(uptake.release == "7.07.201908")
    #expect(uptake.until50 == 4)
    #expect(uptake.until90 == 8)
    #expect(uptake.until99 == 9)
  }

  @Test func `mirrors have the tree below a root of their own`() throws {
    var lines = AccessLogLines()
    for root in ["", "/epel", "/linux/fedora-epel", "/fedora-buffet/epel"] {
      lines.add(at: 100, "\(root)/updates/7.07.201908/Everything/x86_64/repodata/repomd.xml")
    }
    #expect(try report(lines).hours.first?.releases.map(\.concrete) == [4])
  }

  @Test func `a query after repomd xml, and a whole URL, are understood`() throws {
    var lines = AccessLogLines()
    let path = "/pub/epel/updates/7.07.201908/Everything/x86_64/repodata/repomd.xml"
    for (number, target) in [
      "\(path)?x=1", "\(path)?", "http://dl.example.org\(path)?a=b?c", "\(path)?repo=epel-7",
      "http://dl.example.org\(path)", "/mm/metalink?repo=epel-7.07.201908&arch=x86_64",
      "http://mirrors.example.org/mirrorlist?arch=x86_64&repo=epel-7.07.201908",
      "/mirrorlist?path=pub/epel/updates/7.07.201908/Everything/x86_64/",
      // None of these is a repomd.xml or a metalink.
      "/?\(path)", "/metalink.html?repo=epel-7.07.201908", "\(path).asc?x=1",
      "/x?/metalink?repo=epel-7",
    ].enumerated() {
      lines.add(at: 100 + number, target)
    }
    let report = try report(lines)
    #expect(report.hours.count == 1)
    #expect(report.hours.first?.releases.map(\.concrete) == [8])
    #expect(report.hours.first?.releases.map(\.link) == [0])
  }
}
