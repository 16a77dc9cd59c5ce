import Advisories
import ComposeTestSupport
import Foundation
import ReleaseModel

/// A Bodhi server that gives arranged replies in their order, and nothing else.
final class ScriptedBodhi: AdvisoryFetching {
  struct NotArranged: Error {}

  private let replies: Guarded<[String]>
  private let asked = Guarded<[String]>([])

  init(_ replies: [String]) { self.replies = Guarded(replies) }

  /// Path and query of every call.
  var calls: [String] { asked.withLock { $0 } }

  /// What was arranged and not asked for.
  var left: Int { replies.withLock { $0.count } }

  func get(_ path: String, query: [(String, String)]) throws -> [UInt8] {
    asked.withLock { calls in
      calls.append(path + "?" + query.map { "\($0)=\($1)" }.joined(separator: "&"))
    }
    return try replies.withLock { replies in
      guard !replies.isEmpty else { throw NotArranged() }
      return Array(replies.removeFirst().utf8)
    }
  }

  /// The reply that is recorded in a file of `Tests/Fixtures/bodhi`.
  static func reply(_ name: String) throws -> String {
    try String(
      contentsOfFile: "\(Fixtures.checkout)/Tests/Fixtures/bodhi/\(name)", encoding: .utf8)
  }

  /// A whole list of one page, with the least that an update must have.
  static func list(_ aliases: [String], release: String) -> String {
    let updates = aliases.map { alias in
      """
      {"alias": "\(alias)", "release": {"name": "\(release)"}, "status": "stable", \
      "type": "bugfix", "builds": [{"nvr": "zeta-1-1.el9"}], \
      "date_submitted": "2024-01-01 00:00:00"}
      """
    }
    return """
      {"updates": [\(updates.joined(separator: ", "))], "page": 1, "pages": 1, \
      "total": \(aliases.count)}
      """
  }
}

extension BodhiAdvisories {
  /// The advisories that `replies` make of EPEL 9.
  static func ofNine(_ replies: [String]) throws -> [Advisory] {
    try BodhiAdvisories(server: "https://bodhi.example", fetching: ScriptedBodhi(replies))
      .advisories(ofReleases: ["EPEL-9"])
  }
}
