import ArgumentParser
import BuildSystems
import ComposeExecution
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
}
