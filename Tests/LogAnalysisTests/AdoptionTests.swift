import ComposeTestSupport
import Foundation
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

  private func minors(_ lines: AccessLogLines) throws -> LogReports {
    LogReports.of(["a": lines.text], scope: LogScope(paths: try .epel10(day: AccessLogLines.day)))
  }

  @Test func `a link that moves alone counts for the release that it leads to`() throws {
    var lines = AccessLogLines()
    for hour in [11, 13, 18, 20] {
      lines.add(at: hour * 3600 + 1, "/pub/epel/10/Everything/x86_64/repodata/repomd.xml")
      lines.add(at: hour * 3600 + 2, "/pub/epel/10z/Everything/x86_64/repodata/repomd.xml")
      lines.add(at: hour * 3600 + 3, "/metalink?repo=epel-z-10&arch=x86_64")
      lines.add(at: hour * 3600 + 4, "/metalink?repo=epel-10&arch=x86_64")
      lines.add(at: hour * 3600 + 5, "/metalink?repo=epel-z-10.1&arch=x86_64")
    }
    lines.add(at: 20 * 3600 + 6, "/pub/epel/10z/Everything/x86_64/repodata/gone.xml.gz", 404)
    let reports = try minors(lines)
    let report = try #require(reports.adoption)
    func links(_ hour: Int) -> [String: Int] {
      Dictionary(
        report.hours[hour].releases.map { ($0.release ?? "", $0.link) }
      ) { first, _ in first }
    }
    #expect(links(0) == ["10.0": 4, "10.1": 0])
    #expect(links(1) == ["10.0": 2, "10.1": 2])
    #expect(links(2) == ["10.1": 4])
    #expect(links(3) == ["10.0": 2, "10.1": 2])
    #expect(report.events.map(\.words) == ["flip", "flip of 10z", "flip of 10z"])
    #expect(report.uptake.map(\.name) == ["10.1", "10.1 by 10z", "10.0 by 10z"])
    let missing = try #require(reports.missing?.groups.first)
    #expect(missing.link == "10z" && missing.by == "link 10z")
    // What leads to the leading release has no such key.
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
    let events = try #require((json as? [String: Any])?["events"] as? [[String: Any]])
    #expect(events.map { $0["link"] as? String } == [nil, "10z", "10z"])
    #expect(events[0]["link"] == nil)
  }

  @Test func `clients of other links keep no flip from being taken up`() throws {
    var lines = AccessLogLines()
    // 10.1 is left by its clients within an hour; those of 10.0 stay.
    for hour in [20, 21, 22] {
      for client in 0..<10 {
        for release in [hour < 22 ? "10.1" : "10.2", "10.0"] {
          lines.add(
            "192.0.2.\(client)", at: hour * 3600 + client,
            "/pub/epel/\(release)/Everything/x86_64/repodata/repomd.xml")
        }
      }
    }
    let uptake = try #require(try minors(lines).adoption?.uptake.last)
    #expect(uptake.release == "10.2" && uptake.link == nil)
    #expect(uptake.until50 == 1 && uptake.until99 == 1)
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
