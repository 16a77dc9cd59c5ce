import ArgumentParser
import ComposeChecks
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ReleaseLedger
import ReleaseModel

struct RetirementAnnounceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "announce", abstract: "Walk through the retirement of a package.",
    discussion: """
      Prints the announcement for epel-devel, the marker for %doc, whether the build with the \
      marker has arrived in updates, and the request to the release manager. With --change, the \
      announcement of a change of ABI or API that comes with the next release. Changes nothing.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @Argument(help: "Name of the source package.", completion: .packages())
  var package: String

  @Option(help: ArgumentHelp("Why it retires, for the announcement.", valueName: "text"))
  var reason: String?

  @Option(
    help: ArgumentHelp("What changes in its ABI or API: announce that instead.", valueName: "text"))
  var change: String?

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if reason != nil, change != nil {
      throw ValidationError("--reason belongs to a retirement, --change is another announcement.")
    }
  }

  func run() async throws {
    let context = Context(global)
    let entry = try streamName.policy(context)
    let stream = try context.readingStream(entry)
    let live = try await context.liveBuilds(ofDirectory: buildSystem, stream)
    let lookup = PackageStatusLookup(
      policy: entry.policy, history: try stream.packageHistory(), live: live,
      acknowledged: try stream.ledger.acknowledgements().operators,
      today: CalendarDate(secondsSince1970: stream.time.now), end: try stream.endDay())
    let status = lookup.status(of: package)
    guard status.state != .unknown else {
      throw ComposeError.unknownPackage(
        package, of: entry.policy.stream, among: lookup.packages)
    }
    // Whatever the policy says of checks: an announcement without the dependants
    // would read as if there were none.
    let closure =
      try live.map { try ReverseDependencies(of: $0, in: stream) }
      ?? ReverseDependencies(ofCurrentIn: stream)
    let steps = RetirementSteps(
      policy: entry.policy, status: status.breaking(try closure?.breakage(of: package)),
      current: try stream.ledger.currentRelease()?.id,
      arrived: try RetiringBuilds(live: nil, in: stream).builds[package]?.description,
      reason: reason?.sanitizedForDisplay, change: change?.sanitizedForDisplay)
    try context.render(
      RetirementStepsReport(
        steps, documents: ReleaseDocuments(library: context.templates(entry)).documents(of: steps)))
  }
}
