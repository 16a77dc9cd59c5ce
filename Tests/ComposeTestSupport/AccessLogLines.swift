import Foundation

/// Lines of access logs for tests, in the combined form, as Apache and nginx write them.
package struct AccessLogLines: Sendable {
  package private(set) var text = ""

  package init() {}

  /// 2020-03-29 00:00 UTC.
  package static let day = 1_585_440_000
  package static let libdnf = "libdnf (CentOS Linux 8; generic; Linux.x86_64)"

  /// - Parameter time: seconds since ``day``, less than a day.
  package mutating func add(
    _ address: String = "192.0.2.1", at time: Int,
    _ target: String = "/metalink?repo=epel-7&arch=x86_64",
    _ status: Int = 200, agent: String = AccessLogLines.libdnf
  ) {
    text += Self.line(address, at: time, target, status, agent: agent) + "\n"
  }

  /// A line of another client, `seconds` from now.
  package static func around(now seconds: Int, _ target: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
    let time = formatter.string(from: Date().addingTimeInterval(Double(seconds)))
    return "192.0.2.1 - - [\(time)] \"GET \(target) HTTP/1.1\" 200 5 \"-\" \"curl/8\"\n"
  }

  package static func line(
    _ address: String, at time: Int, _ target: String, _ status: Int, agent: String
  ) -> String {
    let clock = [time / 3600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
    return
      "\(address) - - [29/Mar/2020:\(clock) +0000] \"GET \(target) HTTP/1.1\" \(status) 299 \"-\" \"\(agent)\""
  }
}
