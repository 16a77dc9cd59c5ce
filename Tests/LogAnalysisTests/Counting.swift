import LogAnalysis
import ReleaseModel

/// Shorter ways to count text.
extension LogTally {
  /// All of `text` in one block.
  static func of(_ text: String, scope: LogScope = LogScope(), follows: Bool = false) -> LogTally {
    of(Array(text.utf8), scope: scope, follows: follows)
  }

  static func of(
    _ bytes: [UInt8], scope: LogScope = LogScope(), follows: Bool = false
  ) -> LogTally {
    var tally = LogTally(scope: scope, follows: follows)
    bytes.withUnsafeBytes { tally.add($0) }
    return tally
  }
}

extension LogReports {
  /// All reports of logs by the names of their servers.
  static func of(
    _ logs: [String: String], told: Bool = true, scope: LogScope = LogScope()
  ) -> LogReports {
    LogReports(
      logs.map { ServerLog(server: $0.key, isTold: told, tally: .of($0.value, scope: scope)) },
      names: Set(LogReportName.allCases), scope: scope, files: logs.count)
  }
}

extension StreamPaths {
  /// EPEL 7 with two releases: 7.07.201908 is current from 12:00 on, and 7.06.201903 is
  /// archived at 18:00.
  ///
  /// - Parameter more: what was done after that.
  static func epel7(day: Int, more: [Event] = []) throws -> StreamPaths {
    let releases = try ["7.06.201903", "7.07.201908"].map { try ReleaseID($0) }
    return StreamPaths(
      stream: "epel-7", major: 7, publicRoot: "/pub/epel", links: ["releases/7", "updates/7"],
      trees: try releases.flatMap { release in
        [
          TreeName(area: .releases, release: release, path: try .of("releases/\(release)")),
          TreeName(area: .updates, release: release, path: try .of("updates/\(release)")),
        ]
      },
      events: [
        Event(kind: .flip, at: day - 86_400, release: "7.06.201903"),
        Event(kind: .flip, at: day + 12 * 3600, release: "7.07.201908"),
        Event(kind: .push, at: day + 15 * 3600, release: "7.07.201908"),
        Event(kind: .archive, at: day + 18 * 3600, release: "7.06.201903"),
      ] + more)
  }

  /// EPEL 10: `10` leads to 10.1 from 12:00 on, and to 10.2 from 21:00 on; `10z` to 10.1 from
  /// 18:00 on, and back an hour later.
  static func epel10(day: Int) throws -> StreamPaths {
    let releases = try ["10.0", "10.1", "10.2"].map { try ReleaseID($0) }
    return StreamPaths(
      stream: "epel-10", major: 10, publicRoot: "/pub/epel", links: ["10", "10z"],
      trees: try releases.map {
        TreeName(area: .updates, release: $0, path: try .of("\($0)"))
      },
      events: [
        Event(kind: .flip, at: day - 86_400, release: "10.0"),
        Event(kind: .flip, at: day - 86_400, release: "10.0", link: "10z"),
        Event(kind: .flip, at: day + 12 * 3600, release: "10.1"),
        Event(kind: .flip, at: day + 18 * 3600, release: "10.1", link: "10z"),
        Event(kind: .flip, at: day + 19 * 3600, release: "10.0", link: "10z"),
        Event(kind: .flip, at: day + 21 * 3600, release: "10.2"),
      ], movers: ["10z": "10z"], clients: ["epel-z-10": "10z"])
  }
}
