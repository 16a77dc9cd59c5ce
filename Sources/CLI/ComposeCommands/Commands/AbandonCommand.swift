import ArgumentParser
import BuildSystems
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct AbandonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abandon", abstract: "Drop a release that is not current.")

  @Argument(
    help: "The release, such as 7.06.201903.",
    completion: .releases(in: [.composing, .staged, .published]))
  var release: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let (id, entry) = try context.release(release)
    if change.dryRun {
      let stream = try context.previewStream(entry)
      if try dropLeftTag(of: id, in: stream, with: context) { return }
      let record = try stream.release(id)
      let hub = try context.hub(ofTag: record.composeTag, stream, for: id)
      return try context.carryOut(
        AbandonOperation(record, in: stream), in: stream, dryRun: true, state: .abandoned,
        before: hub == nil ? [] : ["remove the tag \(record.composeTag) from the hub"], next: [])
    }
    // Create no ledger where there is nothing to abandon.
    if try !context.hasLedger(entry) { _ = try context.readingStream(entry).release(id) }
    try await context.changing(entry, purpose: "abandon \(id)") { stream, finished in
      if try context.reportIfFinished(finished, as: AbandonOperation.kind, of: id, in: stream) {
        return
      }
      if try dropLeftTag(of: id, in: stream, with: context) { return }
      let record = try stream.release(id)
      let operation = try AbandonOperation(record, in: stream)
      // Before the operation begins: recovery must never wait for a hub. If a
      // later step fails, the release is still there without its tag, and
      // abandoning it again goes on.
      try context.hub(ofTag: record.composeTag, stream, for: id)?.removeTag(record.composeTag)
      try context.carryOut(
        operation, in: stream, dryRun: false, state: .abandoned, next: [])
    }
  }

  /// A compose that failed leaves its tag in the hub, and the next one goes on
  /// with it. Where there will be no next one, this drops the tag: the release
  /// itself is unknown, or abandoned already. False where there is no such tag.
  private func dropLeftTag(
    of id: ReleaseID, in stream: StreamContext, with context: Context
  ) throws -> Bool {
    let state = try stream.ledger.release(id)?.state
    guard state == nil || state == .abandoned || state == .composing else { return false }
    let tag = stream.policy.composeTag(of: id)
    guard let hub = try context.hub(ofTag: tag, stream, for: id),
      try hub.builds(taggedInto: tag) != nil
    else { return false }
    if !change.dryRun {
      try hub.removeTag(tag)
      try stream.ledger.commit { try $0.forgetHubTag(tag) }
    }
    try context.report(
      AbandonOperation.kind, id, in: stream, dryRun: change.dryRun, state: .abandoned,
      steps: ["remove the tag \(tag) from the hub, left from a compose that came to nothing"],
      next: [])
    return true
  }
}
