package import ReleaseModel

/// All that is told of logs: values, whose JSON is the command's.
package struct LogReports: Sendable, Encodable {
  /// What was read, and what could not be.
  package struct Reading: Hashable, Sendable, Encodable {
    /// Files, and parts of the same server.
    package let files: Int
    /// Lines that could be read.
    package let lines: Int
    /// Of these, those of the times that were asked for.
    package let counted: Int
    /// Lines that could not be read.
    package let unreadable: Int
    /// Up to five of them.
    package let examples: [String]
    /// Lines that came more than 15 minutes late: sessions and torn reads may be wrong there.
    package let late: Int
    /// Earliest line that was counted; nil where none was.
    @OrNull package var from: Moment?
    /// Latest.
    @OrNull package var until: Moment?
  }

  /// What had to be forgotten because there was too much of it.
  package struct Forgotten: Hashable, Sendable, Encodable {
    /// Sessions that were taken for failed.
    package let sessions: Int
    /// Clients whose repomd.xml was forgotten within 15 minutes.
    package let clients: Int
    /// Requests of networks that were not among the first million.
    package let networkRequests: Int
    /// Eager clients beyond the first 65,536.
    package let eagerClients: Int
    /// Requests of days beyond the first 4,000.
    package let days: Int

    /// Whether it is anything.
    package var isNothing: Bool {
      sessions + clients + networkRequests + eagerClients + days == 0
    }
  }

  private static let noServers = "The lines have no servers"
  /// Whether ``notes`` say that lines may be of several servers.
  package var hasNoServers: Bool { notes.contains { $0.hasPrefix(Self.noServers) } }

  /// What was read.
  package let read: Reading
  /// By name.
  package let servers: [String]
  /// What a reader must know to understand the rest; the first is the most important.
  package let notes: [String]
  /// What had to be forgotten.
  package let forgotten: Forgotten
  /// Errors by server and day; nil where it was not asked for, like the others.
  @OrNull package var errors: [ErrorsByDay]?
  /// Errors by minute of the hour.
  @OrNull package var minutes: Minutes?
  /// Kinds of clients.
  @OrNull package var clients: [ClientRow]?
  /// What was not there.
  @OrNull package var missing: MissingReport?
  /// Who uses which release.
  @OrNull package var adoption: AdoptionReport?
  /// Who asks too often.
  @OrNull package var eager: EagerReport?

  /// Errors by minute of the hour.
  package struct Minutes: Hashable, Sendable, Encodable {
    /// By name.
    package let servers: [ServerMinutes]
    /// By their first minute; none where the lines have no servers.
    package let patterns: [MinutePattern]
  }

  /// - Parameters:
  ///   - logs: one for each server.
  ///   - names: which reports.
  ///   - scope: that the logs were counted with.
  ///   - files: how many were read.
  ///   - notes: what must be known of how they were chosen.
  ///   - hasPattern: whether the reader has said where the names of servers stand.
  package init(
    _ logs: [ServerLog], names: Set<LogReportName>, scope: LogScope, files: Int,
    notes more: [String] = [], hasPattern: Bool = false
  ) {
    let logs = logs.sorted { $0.server.precedesByBytes($1.server) }
    let first = logs.map(\.tally.first).min() ?? .max
    let last = logs.map(\.tally.last).max() ?? .min
    func sum(_ number: (LogTally) -> Int) -> Int { logs.reduce(0) { $0 + number($1.tally) } }
    read = Reading(
      files: files, lines: sum(\.lines), counted: sum(\.counted), unreadable: sum(\.unreadable),
      examples: Array(logs.flatMap(\.tally.examples).prefix(5)), late: sum(\.late),
      from: first <= last ? Moment(first) : nil,
      until: first <= last ? Moment(last) : nil)
    servers = logs.map(\.server)
    forgotten = Forgotten(
      sessions: sum(\.sessions.forgotten), clients: sum(\.forgottenClients),
      networkRequests: sum(\.networks.forgotten), eagerClients: sum(\.eager.forgotten),
      days: sum(\.times.dayless))
    // One name that nothing but a file's name has told may stand for many servers.
    let areServersTold = logs.count > 1 || logs.allSatisfy(\.isTold)
    var notes: [String] = []
    if !areServersTold {
      notes.append(
        Self.noServers + ": where logs of several were merged, what happens on one of "
          + "them, or in one minute, disappears in the sum. No pattern is named. Give the log of each "
          + (hasPattern
            ? "server." : "server, or say with --server where its name stands in the path."))
    }
    self.notes = notes + more
    errors = names.contains(.errors) ? logs.flatMap(ErrorsByDay.all) : nil
    if names.contains(.minutes) {
      let inputs = logs.map { log in
        MinutePatterns.Input(
          server: log.server, requests: log.tally.times.minuteRequests,
          errors: log.tally.times.minuteErrors)
      }
      minutes = Minutes(
        servers: inputs.map {
          ServerMinutes(
            server: $0.server, requests: $0.ofHour($0.requests), errors: $0.ofHour($0.errors))
        }, patterns: areServersTold ? MinutePatterns(inputs).all() : [])
    } else {
      minutes = nil
    }
    clients = names.contains(.clients) ? ClientRow.all(of: logs) : nil
    missing = names.contains(.missing) ? scope.paths.map { MissingReport(logs, $0) } : nil
    adoption = names.contains(.adoption) ? scope.paths.map { AdoptionReport(logs, $0) } : nil
    eager = names.contains(.eager) ? EagerReport(logs) : nil
  }
}
