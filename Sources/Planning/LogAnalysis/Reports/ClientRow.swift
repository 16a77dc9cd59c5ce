/// One kind of client over all servers.
package struct ClientRow: Hashable, Sendable, Encodable {
  /// Such as `libdnf`.
  package let family: String
  /// Of the program, or for libdnf the system; empty where it is not told.
  package let version: String
  /// All of its requests.
  package let requests: Int
  /// Answers 5xx.
  package let errors: Int
  /// Sessions that ended in one.
  package let failedSessions: Int

  /// Most requests first.
  static func all(of logs: [ServerLog]) -> [ClientRow] {
    var sums: [ClientKind: (requests: Int, errors: Int, failed: Int)] = [:]
    for log in logs {
      for (index, kind) in log.tally.kinds.enumerated() {
        sums[kind, default: (0, 0, 0)].requests += log.tally.kindRequests[index]
        sums[kind, default: (0, 0, 0)].errors += log.tally.kindErrors[index]
        sums[kind, default: (0, 0, 0)].failed += log.tally.sessions.byKind[index] ?? 0
      }
    }
    return sums.map { kind, sum in
      ClientRow(
        family: kind.family.rawValue, version: kind.version, requests: sum.requests,
        errors: sum.errors, failedSessions: sum.failed)
    }.sorted {
      ($1.requests, $0.family, $0.version) < ($0.requests, $1.family, $1.version)
    }
  }
}
