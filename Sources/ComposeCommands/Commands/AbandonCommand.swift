import ArgumentParser
import ComposeExecution
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
      return try context.carryOut(
        AbandonOperation(site.release(id), at: site), at: site, dryRun: true, state: .abandoned,
        next: [])
    }
    try await context.changing(entry, release: id, AbandonOperation.kind) { site, record in
      try context.carryOut(
        AbandonOperation(record, at: site), at: site, dryRun: false, state: .abandoned, next: [])
    }
  }
}
