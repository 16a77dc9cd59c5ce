import ArgumentParser
import BuildSystems
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct RetirementAcknowledgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Agree that packages retire; plans stop asking.",
    discussion: """
      Holds for the build that has the marker now: a later one asks anew. Without --rpms the \
      ledger tells what is retiring.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @Argument(help: "Names of source packages.", completion: .packages())
  var packages: [String]

  @Option(help: ArgumentHelp("What is to be remembered of it.", valueName: "text"))
  var note: String?

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global, change)
    let entry = try streamName.policy(context)
    if try change.dryRun || !context.hasLedger(entry) {
      let agreed = try await acknowledgements(
        in: context.previewStream(entry), by: entry, with: context)
      return try context.render(report(agreed))
    }
    let agreed = try await context.changing(
      entry, purpose: "retirement acknowledge \(entry.policy.major)"
    ) {
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

  /// The builds of the packages: of `--rpms`, else of the hub where the current
  /// release comes from one and it answers: a marker may be there that users do not
  /// have yet, or that a block hides.
  private func live(_ stream: StreamContext, _ context: Context) async throws -> LiveBuilds? {
    if buildSystem.namesDirectories {
      return try await context.directories(buildSystem.rpms, stream)
        .liveBuilds(LiveQuery(), reporting: context.activity)
    }
    guard let current = try stream.ledger.currentRelease() else { return nil }
    do {
      return try await context.hub(ofTag: current.composeTag, stream, for: current.id)?
        .liveBuilds(LiveQuery(packages: Set(packages)), reporting: context.activity)
    } catch let error as ComposeError where error.kind == .unavailable {
      context.warn("the hub did not answer, this is what the ledger knows: \(error)")
      return nil
    }
  }

  /// Throws `refused` for a package that has no marker: there is nothing to
  /// agree to; `noInput` for one that nobody knows.
  private func acknowledgements(
    in stream: StreamContext, by entry: PolicySet.Entry, with context: Context
  ) async throws -> [Acknowledgement] {
    let live = try await live(stream, context)
    let hidden = (live?.blocked ?? []).filter { $0.marker != nil }.compactMap { entry in
      entry.nvr.map { (entry.package, $0) }
    }
    let markers = try RetiringBuilds(
      live: live?.builds, hidden: Dictionary(hidden) { first, _ in first }, in: stream)
    let known = try stream.everyPackage().union(live?.builds.map(\.package) ?? [])
    return try packages.map { package in
      guard let build = markers.builds[package] else {
        guard known.contains(package) else {
          throw ComposeError.unknownPackage(package, of: entry.policy.stream, among: known)
        }
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
