import ComposeStream
import ArgumentParser
import ComposePolicy
import ComposeReports
import ReleaseLedger
import ReleaseModel

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "What was done, when, by whom.")

  @Argument(help: "The release, such as 7.06.201903; everything if none is given.")
  var release: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    var entries: [PolicySet.Entry]
    var id: ReleaseID?
    if let release {
      let (parsed, entry) = try context.release(release)
      (id, entries) = (parsed, [entry])
      let stream = try context.readingStream(entry)
      // A compose that was undone is in the history alone.
      if try stream.ledger.events(of: parsed).isEmpty { _ = try stream.release(parsed) }
    } else {
      let set = try context.policies()
      for problem in set.problems { context.activity.note("skipped \(problem)") }
      entries = set.entries
    }
    let events = try entries.flatMap { entry in
      try context.readingStream(entry).ledger.events(of: id).map { event in
        HistoryReport.Event(
          stream: entry.policy.stream, sequence: event.sequence, at: Moment(event.at).description,
          command: event.command, release: event.release, operator: event.operatorName,
          summary: event.summary)
      }
    }
    try context.render(HistoryReport(events: events))
  }
}
