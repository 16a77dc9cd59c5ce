import ArgumentParser
import ComposeChecks
import ComposeReports
import ComposeStream
import ReleaseModel

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare every file of a release with what was recorded.",
    discussion: "Exit status 2 if anything is missing, changed or unknown.")

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases())
  var release: String

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    let (id, entry) = try context.release(release)
    let stream = try context.readingStream(entry)
    let report = try ReleaseVerification(stream: stream).run(stream.release(id))
    try context.render(CheckReportText(report, verb: "Verification"))
    if !report.passed { throw CheckCommand.refusal(report) }
  }
}
