import ArgumentParser
import BuildSystems
import ComposeExecution
import ComposePolicy
import ReleaseLedger
import ReleaseModel

struct AbandonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abandon", abstract: "Drop a release that is not current.")

  @Argument(help: "The release, such as 7.06.201903.")
  var release: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    let (id, entry) = try context.release(release)
    if try await dropLeftTag(id, entry, context) { return }
    if change.dryRun {
      let site = try context.readingSite(entry)
      let record = try site.release(id)
      let hub = try context.hub(ofTag: record.composeTag, site, for: id)
      return try context.carryOut(
        AbandonOperation(record, at: site), at: site, dryRun: true, state: .abandoned,
        before: hub == nil ? [] : ["remove the tag \(record.composeTag) from the hub"], next: [])
    }
    try await context.changing(entry, release: id, AbandonOperation.kind) { site, record in
      let operation = try AbandonOperation(record, at: site)
      // Before the operation begins: recovery must never wait for a hub. If
      // the rest does not come about, the release is there without its tag,
      // and abandoning it again goes on.
      try context.hub(ofTag: record.composeTag, site, for: id)?.removeTag(record.composeTag)
      try context.carryOut(
        operation, at: site, dryRun: false, state: .abandoned, next: [])
    }
  }

  /// A compose that came to nothing leaves its tag in the hub, for the next
  /// one to go on with. Where nobody will, this drops it: the release itself
  /// is unknown, or abandoned already. False where there is no such tag.
  private func dropLeftTag(
    _ id: ReleaseID, _ entry: PolicySet.Entry, _ context: Context
  ) async throws -> Bool {
    let reading = try context.readingSite(entry)
    let state = try reading.ledger.release(id)?.state
    guard state == nil || state == .abandoned || state == .composing else { return false }
    let tag = entry.policy.composeTag(of: id)
    guard let hub = try context.hub(ofTag: tag, reading, for: id),
      try hub.builds(taggedInto: tag) != nil
    else { return false }
    let steps = ["remove the tag \(tag) from the hub, left from a compose that came to nothing"]
    if !change.dryRun {
      try await context.changing(entry, "abandon \(id)") { site in
        try hub.removeTag(tag)
        try site.ledger.commit { try $0.forgetHubTag(tag) }
      }
    }
    try context.report(
      AbandonOperation.kind, id, at: reading, dryRun: change.dryRun, state: .abandoned,
      steps: steps, next: [])
    return true
  }
}
