import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "What was done, when, by whom.",
    discussion: """
      Oldest first. Options that choose leave what all of them take; without a match it says so.
      """)

  @Argument(
    help: ArgumentHelp(
      "A release, such as 7.06.201903, or a stream, such as 7 or epel-7; everything if none is "
        + "given.", valueName: "scope"), completion: .releasesAndStreams())
  var subject: String?

  @Option(
    help: ArgumentHelp(
      "Only what was done on this day or later, in UTC.", valueName: "YYYY-MM-DD"))
  var since: String?

  @Option(help: "Only what this command did; may be repeated.")
  var command: [RecordedCommand] = []

  @Option(
    help: ArgumentHelp(
      "Only what brought, changed or took away this source package; may be repeated.",
      valueName: "package"), completion: .packages())
  var package: [String] = []

  @OptionGroup var global: GlobalOptions

  /// A command as the ledger names it: the kind of an operation, or one that records without
  /// an operation.
  struct RecordedCommand: Hashable, ExpressibleByArgument {
    let name: String

    static let allValueStrings =
      OperationKind.allCases.map(\.rawValue) + ["check", "acknowledge", "rebuild"]
    static let defaultCompletionKind = CompletionKind.list(allValueStrings)

    init?(argument: String) {
      guard Self.allValueStrings.contains(argument) else { return nil }
      name = argument
    }
  }

  func run() async throws {
    let context = Context(global)
    let first = try since.map(Self.day)
    let (id, entries) = try subject(context)
    var known: Set<String> = []
    var events: [HistoryReport.Event] = []
    for entry in entries {
      let stream = try context.readingStream(entry)
      var chosen = try stream.ledger.events(of: id)
      // A compose that was undone is in the history alone.
      if let id, chosen.isEmpty { _ = try stream.release(id) }
      let commands = Set(command.map(\.name))
      chosen = chosen.filter { event in
        (commands.isEmpty || commands.contains(event.command))
          && first.map { CalendarDate(secondsSince1970: event.at) >= $0 } ?? true
      }
      if !package.isEmpty {
        known.formUnion(try stream.everyPackage())
        chosen = try stream.events(chosen, about: Set(package))
      }
      let moves = Dictionary(try stream.linkMoves().map { ($0.event, $0.link) }) { first, _ in first
      }
      events += chosen.map {
        HistoryReport.Event($0, of: entry.policy.stream, moving: moves[$0.sequence])
      }
    }
    if let unknown = package.first(where: { !known.contains($0) }) {
      throw ComposeError.unknownPackage(
        unknown, of: entries.map(\.policy.stream).joined(separator: ", "), among: known)
    }
    try context.render(HistoryReport(events: events, filters: filters))
  }

  /// The release, if one is named, and the streams that are asked.
  private func subject(_ context: Context) throws -> (ReleaseID?, [PolicySet.Entry]) {
    guard let subject else {
      let set = try context.policies()
      for problem in set.problems { context.activity.note("skipped \(problem)") }
      return (nil, set.entries)
    }
    let isStream =
      try Int(subject) != nil
      || context.policies().entries.contains { $0.policy.stream == subject }
    if isStream {
      return (nil, [try StreamArgument(subject).policy(context)])
    }
    let (id, entry) = try context.release(subject)
    return (id, [entry])
  }

  private static func day(_ text: String) throws -> CalendarDate {
    guard let day = CalendarDate(text) else {
      throw ComposeError(
        .usage, "--since \(text.sanitizedForDisplay)", "it is not a day",
        remedy: "Write it as YYYY-MM-DD")
    }
    return day
  }

  /// The options that choose, as they were given.
  private var filters: [String] {
    (since.map { ["--since \($0)"] } ?? []) + command.map { "--command \($0.name)" }
      + package.map { "--package \($0)" }
  }
}

extension HistoryReport.Event {
  fileprivate init(_ event: EventRecord, of stream: String, moving link: RelativePath?) {
    self.init(
      stream: stream, sequence: event.sequence, at: Moment(event.at), command: event.command,
      release: event.release, link: link?.description, operator: event.operatorName,
      summary: event.summary)
  }
}
