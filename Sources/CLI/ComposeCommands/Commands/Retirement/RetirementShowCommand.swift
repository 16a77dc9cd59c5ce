import ArgumentParser
import BuildSystems
import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeReports
import ComposeStream
import ComposeTrees
import ReleaseLedger
import ReleaseModel

struct RetirementShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "State and lifetime of packages.",
    discussion: """
      Without --rpms the ledger answers: what the releases carried and left out. Asked about \
      packages by name, it ends with exit status 66 if one of them is unknown. --what-if tells \
      what would break if all of its packages were retired together. What breaks \
      without a live package is told of those that are named. With --check, it ends with exit \
      status 2 unless every package that is named, or left by the filters, is live.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, or the name of the stream.", valueName: "stream"))
  var streamName: StreamArgument

  @Argument(help: "Names of source packages; all if none is given.", completion: .packages())
  var packages: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Think of these packages as retired.", valueName: "package"),
    completion: .packages())
  var whatIf: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only packages in this state: live, retiring, retired, blocked; may be repeated.",
      valueName: "state"), completion: .list(PackageStatus.State.asked.map(\.rawValue)))
  var state: [PackageStatus.State] = []

  @Option(help: ArgumentHelp("Only packages that this person answers for.", valueName: "name"))
  var owner: String?

  @Option(
    help: ArgumentHelp(
      "Only packages whose commitment ends before this day.", valueName: "YYYY-MM-DD"))
  var endsBefore: String?

  @Option(
    help: ArgumentHelp(
      "Only packages that came, left or came back with this release.", valueName: "release"),
    completion: .releases())
  var changedIn: String?

  @Flag(help: "End with status 2 unless all of them are live.")
  var check = false

  @OptionGroup var buildSystem: BuildSystemOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = Context(global)
    let entry = try streamName.policy(context)
    let stream = try context.readingStream(entry)
    let filter = try filter(entry.policy)
    let live = try await live(stream, context)
    let owners = live?.owners ?? [:]
    if let owner, owners.isEmpty {
      throw ComposeError(
        .unavailable, "owner \(owner.sanitizedForDisplay)",
        "nobody that was asked knows who answers for packages",
        remedy: "Ask a stream whose policy names a hub, without --rpms")
    }
    let lookup = PackageStatusLookup(
      policy: entry.policy, history: try stream.packageHistory(), live: live?.builds,
      blocked: try live?.blocked?.map(BlockedEntry.init) ?? stream.recordedBlocks(),
      acknowledged: try stream.ledger.acknowledgements().operators, owners: owners,
      today: CalendarDate(secondsSince1970: stream.time.now), end: try stream.endDay())
    let names = packages.isEmpty ? (whatIf.isEmpty ? lookup.packages : whatIf) : packages
    let listed = names.map { lookup.status(of: $0) }.filter {
      $0.state == .unknown || filter.takes($0)
    }
    // Do not work out what would break without each live package: that takes
    // minutes at EPEL's size.
    let isAsked = { (status: PackageStatus) in
      status.state != .unknown && (status.state != .live || !packages.isEmpty)
    }
    let closure =
      whatIf.isEmpty && !listed.contains(where: isAsked)
      ? nil : try closure(in: stream, among: live, with: context)
    let replacements =
      try closure?.replacements(of: Set(listed.filter { $0.state != .live }.map(\.package))) ?? [:]
    let statuses = try listed.map { status in
      guard isAsked(status), let closure else { return status }
      var status = status.breaking(try closure.breakage(of: status.package))
      if status.state != .live { status.replacedBy = replacements[status.package] ?? [] }
      return status
    }
    var report = RetirementReport(
      major: entry.policy.major, packages: statuses,
      whatIf: try whatIf.isEmpty || whatIf.contains { lookup.status(of: $0).state == .unknown }
        ? nil
        : RetirementReport.WhatIf(
          packages: whatIf, breakage: closure?.breakage(without: Set(whatIf))),
      filters: filters, publicRoot: stream.locations.public)
    report.testing = try tested(stream)
    try context.render(report)
    let unknown = (statuses + whatIf.map { lookup.status(of: $0) })
      .filter { $0.state == .unknown }.map(\.package).reduce(into: [String]()) { names, name in
        if !names.contains(name) { names.append(name) }
      }
    if let first = unknown.first {
      throw ComposeError.unknownPackage(
        first, of: entry.policy.stream, among: lookup.packages, others: unknown.count - 1)
    }
    if check, let first = statuses.first(where: { $0.state != .live }) {
      throw ComposeError(
        .refused, "package \(first.package)", "it is \(first.state.rawValue), not live",
        remedy: "Look at it with: "
          + context.commandLine("retirement \(entry.policy.major) \(first.package)"))
    }
  }

  /// What is tested of the packages that are asked for; of all, what would retire one.
  private func tested(_ stream: StreamContext) throws -> [RetirementReport.Tested]? {
    guard stream.policy.areas[.testing] != nil else { return nil }
    return try stream.maintainedReleases().flatMap { release in
      try stream.testingBuilds(of: stream.release(release)).filter { build in
        packages.isEmpty ? build.marker != nil : packages.contains(build.package)
      }.map { build in
        RetirementReport.Tested(
          package: build.package, nvr: build.nvr, release: release,
          marker: build.marker?.marker.path)
      }
    }
  }

  /// The options that choose, as they were given.
  private var filters: [String] {
    state.map { "--state \($0.rawValue)" }
      + [("owner", owner), ("ends-before", endsBefore), ("changed-in", changedIn)].compactMap {
        option, value in value.map { "--\(option) \($0)" }
      }
  }

  private func filter(_ policy: Policy) throws -> PackageFilter {
    func usage(_ thing: String, because cause: String, remedy: String) -> ComposeError {
      ComposeError(.usage, thing.sanitizedForDisplay, cause, remedy: remedy)
    }
    let day = try endsBefore.map { text in
      guard let day = CalendarDate(text) else {
        throw usage(
          "--ends-before \(text)", because: "it is not a day", remedy: "Write it as YYYY-MM-DD")
      }
      return day
    }
    return PackageFilter(
      states: Set(state), owner: owner, endsBefore: day,
      changedIn: try changedIn.map { try policy.parseRelease($0) })
  }

  /// Who needs whom: among the builds of `--rpms`, else in the release that
  /// users have. Nil where the policy does not ask.
  private func closure(
    in stream: StreamContext, among live: LiveBuilds?, with context: Context
  ) throws -> ReverseDependencies? {
    guard stream.policy.gate.level(of: .closure) != .off else { return nil }
    let owners = live?.owners ?? [:]
    do {
      if buildSystem.namesDirectories, let live {
        return try ReverseDependencies(of: live.builds, in: stream, owners: owners)
      }
      return try ReverseDependencies(ofCurrentIn: stream, owners: owners)
    } catch let error as ComposeError where [.unavailable, .noInput, .badData].contains(error.kind)
    {
      context.warn("what breaks is not known: \(error)")
      return nil
    }
  }

  /// What is live now, where a build system can be asked: a directory, or the
  /// hub that the current release, or before the first promotion the newest,
  /// comes from. A hub that does not answer leaves what the ledger knows, with
  /// a warning.
  private func live(_ stream: StreamContext, _ context: Context) async throws -> LiveBuilds? {
    var query = LiveQuery(packages: packages.isEmpty ? nil : Set(packages))
    if buildSystem.namesDirectories {
      // Packages that need one can be found only among all the others.
      query.packages = nil
      return try await context.directories(buildSystem.rpms, stream)
        .liveBuilds(query, reporting: context.activity)
    }
    let newest = try stream.ledger.currentRelease() ?? stream.ledger.releases().last
    guard let newest else { return nil }
    do {
      let hub = try context.hub(ofTag: newest.composeTag, stream, for: newest.id)
      // What users have, the ledger knows as well: no RPM is read again.
      query.known = Set(try stream.currentSnapshot()?.newest.values.map(\.nvr) ?? [])
      return try await hub?.liveBuilds(query, reporting: context.activity)
    } catch let error as ComposeError where error.kind == .unavailable {
      context.warn("the hub did not answer, this is what the ledger knows: \(error)")
      return nil
    }
  }
}

extension PackageStatus.State: ExpressibleByArgument {
  /// Those that a package can be asked for by; `unknown` is an answer alone.
  static var asked: [PackageStatus.State] { allCases.filter { $0 != .unknown } }
}
