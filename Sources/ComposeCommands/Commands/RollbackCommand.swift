import ReleaseModel
import ReleaseLedger
import ArgumentParser
import ComposeExecution

struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Move the links back to the superseded release.")

  @Argument(help: "The major version, such as 7.")
  var major: Int

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    let entry = try context.policy(major: major)
    func carryOut(_ site: Site) throws {
      let operation = try RollbackOperation(at: site)
      try context.carryOut(
        operation, at: site, dryRun: change.dryRun, state: .current,
        next: "\(operation.left) is published again: promote or abandon it")
    }
    // Without a current release there is nothing to lock or to make.
    let reading = try context.readingSite(entry)
    if try change.dryRun || reading.ledger.releases().isEmpty { return try carryOut(reading) }
    try await context.changing(entry, "rollback \(major)") { try carryOut($0) }
  }
}
