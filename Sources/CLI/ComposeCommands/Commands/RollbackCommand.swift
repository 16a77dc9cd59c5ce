import ComposeStream
import ComposeLifecycle
import ReleaseModel
import ArgumentParser

struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Move the links back to the superseded release.")

  @Argument(help: "The major version, such as 7.")
  var major: Int

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, isDryRun: change.dryRun)
    let entry = try context.policy(major: major)
    func carryOut(_ stream: StreamContext) throws {
      let operation = try RollbackOperation(in: stream)
      let held = try stream.heldBuilds(of: stream.release(operation.release))
      for hold in held {
        context.warn("users get \(hold.nvr) again, which is held: \(hold.sentence)")
      }
      try context.carryOut(
        operation, in: stream, dryRun: change.dryRun, state: .current,
        next: (held.isEmpty
          ? [] : ["take out what is held with: " + context.commandLine("update \(major)")]) + [
            "\(operation.left) is published again; drop it with: "
              + context.commandLine("abandon \(operation.left)")
          ])
    }
    // Where there is no ledger, create none.
    if change.dryRun || !context.hasLedger(entry) {
      return try carryOut(context.previewStream(entry))
    }
    try await context.changing(entry, purpose: "rollback \(major)") { stream, finished in
      if try context.reportIfFinished(finished, as: RollbackOperation.kind, of: nil, in: stream) {
        return
      }
      try carryOut(stream)
    }
  }
}
