import ComposeStream
import ArgumentParser
import ComposePolicy
import ComposeReports
import ReleaseLedger
import ReleaseModel

struct RetirementAcknowledgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Agree that packages retire; plans stop asking.",
    discussion: """
      Holds for the build that has the marker now: a later one asks anew. Without --rpms the \
      ledger tells what is retiring.
      """)

  @Argument(help: "The major version, such as 7.")
  var major: Int

  @Argument(help: "Names of source packages.")
  var packages: [String]

  @Option(help: ArgumentHelp("What is to be remembered of it.", valueName: "text"))
  var note: String?

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, isDryRun: change.dryRun)
    let entry = try context.policy(major: major)
    if change.dryRun || !context.hasLedger(entry) {
      let agreed = try await acknowledgements(
        in: context.previewStream(entry), by: entry, with: context)
      return try context.render(report(agreed))
    }
    let agreed = try await context.changing(entry, purpose: "retirement acknowledge \(major)") {
      stream in
      let agreed = try await self.acknowledgements(in: stream, by: entry, with: context)
      let release = try stream.ledger.currentRelease()?.id.description ?? "-"
      try stream.ledger.commit { change in
        try change.acknowledge(agreed)
        try change.addEvent(
          command: "acknowledge", release: release, operatorName: stream.operatorName,
          summary: agreed.map(\.nvr.description).joined(separator: ", ")
            + (agreed.first?.note.map { "; \($0)" } ?? ""), at: stream.time.now)
      }
      return agreed
    }
    try context.render(report(agreed))
  }

  private func report(_ agreed: [Acknowledgement]) -> AcknowledgementReport {
    AcknowledgementReport(
      dryRun: change.dryRun, packages: agreed.map { .init(package: $0.package, nvr: $0.nvr) })
  }

  /// Throws `refused` for a package that has no marker: there is nothing to
  /// agree to.
  private func acknowledgements(
    in stream: StreamContext, by entry: PolicySet.Entry, with context: Context
  ) async throws -> [Acknowledgement] {
    let markers = try await RetiringBuilds(
      live: context.liveBuilds(ofDirectory: buildSystem, stream), in: stream)
    return try packages.map { package in
      guard let build = markers.builds[package] else {
        throw ComposeError(
          .refused, "package \(package.sanitizedForDisplay)",
          "it is not retiring: no build of it "
            + "that is known has a marker",
          remedy: "Wait until its marker has arrived, or name the builds with --rpms")
      }
      return Acknowledgement(
        package: package, nvr: build, operatorName: stream.operatorName,
        note: note?.sanitizedForDisplay, at: stream.time.now)
    }
  }
}
