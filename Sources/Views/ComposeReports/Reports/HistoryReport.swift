package import ReleaseModel

/// What was done, when, by whom.
package struct HistoryReport: Report, Encodable {
  /// In the order in which they are shown.
  package let events: [Event]

  /// What the events were chosen by, such as `--since 2019-07-01`; empty for all.
  private let filters: [String]

  private enum CodingKeys: CodingKey { case events }

  /// - Parameters:
  ///   - events: already filtered and sorted.
  ///   - filters: options that chose them; empty for none.
  package init(events: [Event], filters: [String] = []) {
    self.events = events
    self.filters = filters
  }

  /// One entry of a ledger's history.
  package struct Event: Encodable, Sendable {
    /// Name of the stream, such as `epel-7`.
    package let stream: String
    /// Number within the stream's ledger; it only grows.
    package let sequence: Int
    /// When it was done.
    package let at: Moment
    /// Name of the operation, such as `promote`.
    package let command: String
    /// ID of the release.
    package let release: String
    /// The link that moved alone; left out for all else.
    package let link: String?
    /// User and host, such as `alice@composer`.
    package let `operator`: String
    /// What changed, one sentence without a stop.
    package let summary: String

    /// All of it as the ledger has it.
    package init(
      stream: String, sequence: Int, at: Moment, command: String, release: String,
      link: String? = nil, operator: String, summary: String
    ) {
      self.link = link
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
    guard !events.isEmpty else {
      return filters.isEmpty
        ? "Nothing has been done yet.\n"
        : "Nothing that was done matches \(filters.joined(separator: ", ")).".indented(
          "", in: style)
    }
    var table = TextTable(
      ["when", "command", "release", "who", "what"], endingIn: .sentences, keeping: .last)
    for event in events {
      table.add([event.at.description, event.command, event.release, event.operator, event.summary])
    }
    return table.text(style)
  }
}
