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
    let context = Context(global, isDryRun: change.dryRun)
    let (id, entry) = try context.release(release)
    if change.dryRun {
      let site = try context.readingSite(entry)
      if try dropLeftTag(id, site, context) { return }
      let record = try site.release(id)
      let hub = try context.hub(ofTag: record.composeTag, site, for: id)
      return try context.carryOut(
        AbandonOperation(record, at: site), at: site, dryRun: true, state: .abandoned,
        before: hub == nil ? [] : ["remove the tag \(record.composeTag) from the hub"], next: [])
    }
    // Nothing is made where there is nothing to abandon.
    if !context.hasLedger(entry) { _ = try context.readingSite(entry).release(id) }
    try await context.changing(entry, "abandon \(id)") { site, finished in
      if try context.reportIfFinished(finished, AbandonOperation.kind, id, at: site) { return }
      if try dropLeftTag(id, site, context) { return }
      let record = try site.release(id)
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
    _ id: ReleaseID, _ site: Site, _ context: Context
  ) throws -> Bool {
    let state = try site.ledger.release(id)?.state
    guard state == nil || state == .abandoned || state == .composing else { return false }
    let tag = site.policy.composeTag(of: id)
    guard let hub = try context.hub(ofTag: tag, site, for: id),
      try hub.builds(taggedInto: tag) != nil
    else { return false }
    if !change.dryRun {
      try hub.removeTag(tag)
      try site.ledger.commit { try $0.forgetHubTag(tag) }
    }
    try context.report(
      AbandonOperation.kind, id, at: site, dryRun: change.dryRun, state: .abandoned,
      steps: ["remove the tag \(tag) from the hub, left from a compose that came to nothing"],
      next: [])
    return true
  }
}
