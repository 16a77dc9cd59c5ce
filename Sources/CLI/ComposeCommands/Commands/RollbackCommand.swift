import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ComposeTrees
import ReleaseModel

struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Move the links back to the superseded release.")

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let entry = try streamName.policy(context)
    func carryOut(_ stream: StreamContext) throws {
      let operation = try RollbackOperation(in: stream)
      let held = try stream.heldBuilds(of: stream.release(operation.release))
      if !held.isEmpty, let tree = stream.policy.tree(.updates, of: operation.release) {
        // What is held is taken out by a push: that must be possible.
        try stream.asOf(operation.release).requireLayout(of: tree)
      }
      for hold in held {
        context.warn("\(hold.nvr) is held and in \(operation.release): it is taken out there, too")
      }
      try context.carryOut(
        operation, in: stream, dryRun: change.dryRun, state: .current,
        next: [
          "\(operation.left) is published again; drop it with: "
            + context.commandLine("abandon \(operation.left)")
        ])
    }
    // Where there is no ledger, create none.
    if try change.dryRun || !context.hasLedger(entry) {
      return try carryOut(context.previewStream(entry))
    }
    try await context.changing(entry, purpose: "rollback \(entry.policy.major)") {
      stream, finished in
      if try !context.reportIfFinished(finished, as: RollbackOperation.kind, of: nil, in: stream) {
        try carryOut(stream)
      }
      // What a person took out stays out, whatever release is current.
      let out = try await stream.takeOutHeldBuilds()
      if !out.isEmpty {
        let names = out.map(\.description).joined(separator: ", ")
        context.warn("took \(names) out of the lists: held")
      }
    }
  }
}
