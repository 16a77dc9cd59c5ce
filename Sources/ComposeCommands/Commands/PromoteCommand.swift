import ReleaseModel
import ArgumentParser
import ComposeExecution
import ComposePolicy

struct PromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Move the links to a published release.")

  @Argument(help: "The release, such as 7.06.201903.")
  var release: String

  @Flag(help: "Do not wait for mirrors; recorded in the ledger.")
  var skipSoak = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    let (id, entry) = try context.release(release)
    let next = "push updates with: " + context.commandLine("update \(id.major)")
    if change.dryRun {
      let site = try context.readingSite(entry)
      return try context.carryOut(
        PromoteOperation(site.release(id), skipSoak: skipSoak, at: site), at: site, dryRun: true,
        state: .current, next: [next])
    }
    try await context.changing(entry, release: id, PromoteOperation.kind) { site, record in
      try context.carryOut(
        PromoteOperation(record, skipSoak: skipSoak, at: site), at: site, dryRun: false,
        state: .current, next: [next])
    }
  }
}
