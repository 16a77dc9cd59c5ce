import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct PublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Move a staged release to its public paths; links stay.")

  @Argument(
    help: "The release, such as 7.06.201903.", completion: .releases(in: [.staged]))
  var release: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    let next =
      "after the soak time of \(entry.policy.clocks.soak): "
      + context.commandLine("promote \(id)")
    if change.dryRun {
      let stream = try context.previewStream(entry)
      return try context.carryOut(
        PublishOperation(stream.release(id), in: stream), in: stream, dryRun: true,
        state: .published,
        next: [next])
    }
    try await context.changing(entry, release: id, by: PublishOperation.kind) { stream, record in
      if record.checksPassed == false {
        context.warn(
          "\(id) did not pass its checks: promote will refuse it. A new build helps after "
            + "'abandon' and 'compose', a decision is a waiver in the policy and 'check' again")
      }
      try context.carryOut(
        PublishOperation(record, in: stream), in: stream, dryRun: false, state: .published,
        next: [next]
      )
    }
  }
}
