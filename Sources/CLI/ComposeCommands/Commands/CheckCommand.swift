import ArgumentParser
import ComposeChecks
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseModel

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Run the checks again on a release.",
    discussion: "The verdict is recorded; 'promote' asks for it. Exit status 2 if a check fails.")

  @Argument(
    help: "The release, such as 7.06.201903.",
    completion: .releases(in: [.staged, .published, .current, .superseded]))
  var release: String

  @Option(
    help: ArgumentHelp(
      "Run only this check; may be repeated. The verdict is not recorded.", valueName: "check"),
    completion: .list(CheckName.allCases.map(\.rawValue)))
  var only: [CheckName] = []

  @Flag(help: "Check the testing tree instead. The verdict is not recorded.")
  var testing = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    let report: CheckReport
    if change.dryRun || !only.isEmpty || testing {
      let stream = try context.previewStream(entry)
      let record = try stream.release(id)
      report = try TreeCheckRunner(stream: stream, isThorough: true).run(
        record, only: Set(only.isEmpty ? CheckName.allCases : only),
        of: testing ? .testing : .stable,
        adding: only.isEmpty && !testing ? context.composeTag(of: record, stream) : [])
    } else {
      if try !context.hasLedger(entry) { _ = try context.readingStream(entry).release(id) }
      report = try await context.changing(entry, purpose: "check \(id)") { stream in
        let record = try stream.release(id)
        return try TreeCheckRunner(stream: stream, isThorough: true).runAndRecord(
          record, adding: context.composeTag(of: record, stream))
      }
    }
    try context.render(CheckReportText(report))
    if !report.passed { throw Self.refusal(report) }
  }

  /// The error that ends a command whose checks failed; the report has said
  /// the details.
  static func refusal(_ report: CheckReport) -> ComposeError {
    let failed = report.checks.filter { !$0.passed }.map(\.name)
    return ComposeError(
      .refused, "release \(report.release)", "not passed: \(failed.joined(separator: ", "))",
      remedy: "Mend what the findings name, then check again")
  }
}

extension CheckName: ExpressibleByArgument {}
