import ReleaseModel

/// One day of one server: how often it failed, and whom.
package struct ErrorsByDay: Hashable, Sendable, Encodable {
  /// Its name.
  package let server: String
  /// `YYYY-MM-DD`, UTC.
  package let day: String
  /// All requests.
  package let requests: Int
  /// Answers 500.
  package let status500: Int
  /// Answers 502.
  package let status502: Int
  /// Answers 503.
  package let status503: Int
  /// Answers 504.
  package let status504: Int
  /// Answers 5xx of other kinds.
  package let otherErrors: Int
  /// Clients that got one, by address: about, where they are more than 512.
  package let clients: Int
  /// Sessions that ended in one.
  package let failedSessions: Int

  /// Answers 5xx.
  package var errors: Int { status500 + status502 + status503 + status504 + otherErrors }

  private enum CodingKeys: String, CodingKey {
    case server, day, requests, errors, status500, status502, status503, status504, otherErrors
    case share, clients, failedSessions
  }

  /// With `errors`, and `share`: errors a request, 0 to 1.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(server, forKey: .server)
    try container.encode(day, forKey: .day)
    try container.encode(requests, forKey: .requests)
    try container.encode(errors, forKey: .errors)
    try container.encode(status500, forKey: .status500)
    try container.encode(status502, forKey: .status502)
    try container.encode(status503, forKey: .status503)
    try container.encode(status504, forKey: .status504)
    try container.encode(otherErrors, forKey: .otherErrors)
    try container.encode(Double(errors) / Double(max(1, requests)), forKey: .share)
    try container.encode(clients, forKey: .clients)
    try container.encode(failedSessions, forKey: .failedSessions)
  }

  /// All days of a server, by day.
  static func all(of log: ServerLog) -> [ErrorsByDay] {
    log.tally.times.days.sorted { $0.day < $1.day }.map { day in
      ErrorsByDay(
        server: log.server, day: CalendarDate(secondsSince1970: day.day * 86_400).description,
        requests: day.requests, status500: day.status500, status502: day.status502,
        status503: day.status503, status504: day.status504, otherErrors: day.otherErrors,
        clients: day.clients.count, failedSessions: log.tally.sessions.byDay[day.day] ?? 0)
    }
  }
}
