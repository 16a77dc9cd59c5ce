import ComposeReports
import ComposeTestSupport
import ReleaseModel
import Testing

@Suite struct HistoryScreenTests {
  private static func event(
    _ sequence: Int, _ command: String, _ release: String, _ summary: String
  ) -> HistoryReport.Event {
    HistoryReport.Event(
      stream: "epel-7", sequence: sequence, at: Moment(1_552_000_000 + sequence * 86_400),
      command: command, release: release, operator: "alice@composer", summary: summary)
  }

  private static let events = [
    event(1, "compose", "7.06.201903", "staged 1,234 builds, 1 retired"),
    event(2, "check", "7.06.201903", "passed"),
    event(
      3, "promote", "7.06.201903",
      "made current, soak overridden (promoted before 2019-03-14 16:04 UTC)"),
    event(4, "update", "7.06.201903", "push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7"),
  ]

  @Test(arguments: [60, 80, 132])
  func `history at several widths`(columns: Int) throws {
    let text = HistoryReport(events: Self.events)
      .text(TextStyle(width: columns, hasColor: false, isVerbose: false))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
    try Golden.expect(text, matches: "history-\(columns).txt")
  }

  @Test func `a long history keeps its end at a terminal`() {
    let events = (1...3_990).map { Self.event($0, "check", "7.06.201903", "passed number \($0)") }
    func text(isWhole: Bool) -> String {
      HistoryReport(events: events).text(
        TextStyle(width: 100, hasColor: false, isVerbose: false, isWhole: isWhole))
    }
    let shown = text(isWhole: false)
    #expect(shown.hasPrefix("  … 3,950 earlier (--all)\n"))
    #expect(shown.contains("number 3990") && !shown.contains("number 3950"))
    #expect(text(isWhole: true).split(separator: "\n").count == 3_991)
  }

  @Test func `without a match it says what was asked`() {
    let style = TextStyle(width: 60, hasColor: false, isVerbose: false)
    #expect(HistoryReport(events: []).text(style) == "Nothing has been done yet.\n")
    #expect(
      HistoryReport(events: [], filters: ["--since 2019-07-01"]).text(style)
        == "Nothing that was done matches --since 2019-07-01.\n")
  }

  @Test func `times are as RFC 3339 has them`() throws {
    let json = String(
      decoding: try HistoryReport(events: Self.events).json(), as: UTF8.self)
    #expect(json.contains("\"at\" : \"2019-03-08T23:06:40Z\""))
  }
}
