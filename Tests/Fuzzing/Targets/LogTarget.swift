import LogAnalysis
import ReleaseModel

/// Lines of access logs, and all that is counted of them.
struct LogTarget: FuzzTarget {
  static let name = "log"
  static let words = [
    " - - [", "] \"", "[29/Mar/2020:16:04:28 +0000]", "\" 503 ", "\" 404 ", "\\\"", "HTTP/1.1",
    "\n", "\r\n",
    "/repodata/repomd.xml", "/metalink?repo=", "path=", "::ffff:", "-primary.xml.gz", ".rpm",
  ]

  private let scope: LogScope

  init() throws {
    let release = try ReleaseID("7.06.201903")
    scope = LogScope(
      paths: StreamPaths(
        stream: "epel-7", major: 7, publicRoot: "/pub/epel", links: ["updates/7"],
        trees: [TreeName(area: .updates, release: release, path: try .of("updates/7.06.201903"))],
        events: [.init(kind: .flip, at: 0, release: "7.06.201903")]))
  }

  func seeds() throws -> [[UInt8]] {
    let metadata = "/pub/epel/updates/7/Everything/x86_64/repodata"
    let name = String(repeating: "0f", count: 32)
    let targets = [
      "\(metadata)/repomd.xml", "\(metadata)/\(name)-primary.xml.gz",
      "/metalink?repo=epel-7&arch=x86_64",
      "/pub/epel/updates/7.06.201903/Everything/x86_64/Packages/a/alpha-1.0-1.noarch.rpm",
    ]
    let lines = targets.flatMap { target in
      [200, 404, 503].map { status in
        "192.0.2.1 - - [29/Mar/2020:16:04:28 +0000] \"GET \(target) HTTP/1.1\" \(status) 5 \"-\" \"libdnf (CentOS Linux 8; generic; Linux.x86_64)\"\n"
      }
    }
    return [
      Array(lines.joined().utf8),
      Array(
        "dl.example.org:443 2001:db8::1 - al ice [29/Mar/2020:23:59:60 -0330] \"GET\" 499 -\r\n"
          .utf8),
    ]
  }

  func run(_ input: [UInt8]) throws {
    // In two parts, which are put together again.
    let middle = input.count / 2
    let tallies = [input[..<middle], input[middle...]].enumerated().map { index, part in
      var tally = LogTally(scope: scope, follows: index > 0)
      part.withUnsafeBytes { tally.add($0) }
      return tally
    }
    var sum = tallies[0]
    sum.append(tallies[1])
    let reports = LogReports(
      [ServerLog(server: "a", isTold: true, tally: sum)], names: Set(LogReportName.allCases),
      scope: scope, files: 1)
    precondition(reports.read.counted <= reports.read.lines)
  }
}
