import ArgumentParser
import ComposeExecution
import ComposeReports
import ReleaseModel

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare every file of a release with what was recorded.",
    discussion: "Exit status 2 if anything is missing, changed or unknown.")

  @Argument(help: "The release, such as 7.06.201903.")
  var release: String

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    let (id, entry) = try context.release(release)
    let site = try context.readingSite(entry)
    let report = try ReleaseVerification(site: site).run(site.release(id))
    try context.render(CheckText(report, verb: "Verification"))
    if !report.passed { throw CheckCommand.refusal(report) }
  }
}
