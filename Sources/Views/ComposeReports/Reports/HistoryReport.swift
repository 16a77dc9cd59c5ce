/// What was done, when, by whom.
package struct HistoryReport: Report, Encodable {
  package let events: [Event]

  package init(events: [Event]) { self.events = events }

  package struct Event: Encodable, Sendable {
    package let stream: String
    package let sequence: Int
    /// UTC.
    package let at: String
    package let command: String
    package let release: String
    package let `operator`: String
    package let summary: String

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

  package func text(_ style: TextStyle) -> String {
    guard !events.isEmpty else { return "Nothing has been done yet.\n" }
    var table = TextTable(["when", "command", "release", "who", "what"])
    for event in events {
      table.add([event.at, event.command, event.release, event.operator, event.summary])
    }
    return table.text(style)
  }
}
