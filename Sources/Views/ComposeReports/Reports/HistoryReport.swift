/// What was done, when, by whom.
package struct HistoryReport: Report, Encodable {
  /// In the order in which they are shown.
  package let events: [Event]

  /// - Parameter events: already filtered and sorted.
  package init(events: [Event]) { self.events = events }

  /// One entry of a ledger's history.
  package struct Event: Encodable, Sendable {
    /// Name of the stream, such as `epel-7`.
    package let stream: String
    /// Number within the stream's ledger; it only grows.
    package let sequence: Int
    /// UTC.
    package let at: String
    /// Name of the operation, such as `promote`.
    package let command: String
    /// ID of the release.
    package let release: String
    /// User and host, such as `alice@composer`.
    package let `operator`: String
    /// What changed, one sentence without a stop.
    package let summary: String

    /// - Parameter at: UTC, as ``at`` has it.
    package init(
      stream: String, sequence: Int, at: String, command: String, release: String,
      operator: String, summary: String
    ) {
      self.stream = stream
      self.sequence = sequence
      self.at = at
      self.command = command
      self.release = release
      self.operator = `operator`
      self.summary = summary
    }
  }

  /// A table with one event a row; a sentence where there is none.
  package func text(_ style: TextStyle) -> String {
    guard !events.isEmpty else { return "Nothing has been done yet.\n" }
    var table = TextTable(["when", "command", "release", "who", "what"])
    for event in events {
      table.add([event.at, event.command, event.release, event.operator, event.summary])
    }
    return table.text(style)
  }
}
