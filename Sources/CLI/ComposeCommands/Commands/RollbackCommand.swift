import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ComposeTrees
import ReleaseLedger
import ReleaseModel

struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Move the links back to the superseded release.")

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @Option(
    help: ArgumentHelp(
      "Move this link alone back, which has a moment of its own.", valueName: "path"))
  var link: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if link == "" { throw ValidationError.empty("--link") }
  }

  func run() async throws {
    let context = Context(global, change)
    let entry = try streamName.policy(context)
    if let link { return try await moveBack(link, entry, context) }
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

  /// Moves one link back that has a moment of its own.
  private func moveBack(
    _ link: String, _ entry: PolicySet.Entry, _ context: Context
  ) async throws {
    func carryOut(_ stream: StreamContext) throws {
      let operation = try MoveLinkOperation(back: link, in: stream)
      for hold in try stream.heldBuilds(of: stream.release(operation.release)) {
        context.warn(
          "\(hold.nvr) is held and in \(operation.release): take it out with: "
            + context.commandLine("update \(operation.release)"))
      }
      try context.carryOut(
        operation, in: stream, dryRun: change.dryRun,
        state: stream.release(operation.release).state, next: [])
    }
    if try change.dryRun || !context.hasLedger(entry) {
      return try carryOut(context.previewStream(entry))
    }
    try await context.changing(entry, purpose: "rollback \(entry.policy.major) --link \(link)") {
      stream, finished in
      let isTold = try context.reportIfFinished(
        finished, as: MoveLinkOperation.kind, of: nil, in: stream
      ) { ($0 as? MoveLinkOperation)?.link.description == link }
      if !isTold { try carryOut(stream) }
    }
  }
}
