import BuildSystems
import ComposeLifecycle
import ComposePolicy
import ComposeStream
import DocumentSigning
import DurableFiles
import Foundation
import Glibc
import KojiClient
import ReleaseLedger
import ReleaseModel

extension Context {
  /// The build system that `--rpms` or the policy names.
  ///
  /// - Parameter release: what the templates of the hub's tags are filled
  ///   with.
  func buildSystem(
    _ options: BuildSystemOptions, _ stream: StreamContext, for release: ReleaseID
  ) throws -> any BuildSystem {
    if options.namesDirectories { return try directories(options.rpms, stream) }
    return try hub(stream, for: release)
  }

  /// Plans releases and pushes of the stream.
  func planner(
    of stream: StreamContext, by entry: PolicySet.Entry, _ signing: SigningOptions
  ) -> ReleasePlanner {
    ReleasePlanner(
      stream, allowUnsigned: signing.allowUnsigned,
      warnings: missingKeys(entry) + stream.signingConcerns)
  }

  /// The hub that the policy names, with the tags of `release`: all of one command have one
  /// session.
  private func hub(_ stream: StreamContext, for release: ReleaseID) throws -> KojiBuildSystem {
    let known = koji.withLock { $0 }
    if let known, known.release == release, !(known.isForPreviews && stream.isForChanges) {
      return known
    }
    let names = try hubNames(stream.policy)
    let system = try hub(named: names, in: stream, for: release, reusing: known?.hub)
    koji.withLock { $0 = system }
    return system
  }

  /// The embedded build system over the directories `rpms`: one for each command,
  /// unless it goes on with another ledger than the one that it planned with.
  func directories(_ rpms: [String], _ stream: StreamContext) throws -> DirectoryBuildSystem {
    if let known = embedded.withLock({ $0 }), known.records(in: stream.ledger) { return known }
    let system = DirectoryBuildSystem(
      try rpmDirectories(rpms), library: stream.library, ledger: stream.ledger)
    embedded.withLock { $0 = system }
    return system
  }

  /// Directories of RPM files that are tested.
  func testingDirectories(_ rpms: [String], _ stream: StreamContext) throws -> DirectoryBuildSystem
  {
    var seen: Set<String> = []
    return DirectoryBuildSystem(
      try rpms.map(Self.resolved).filter { seen.insert($0).inserted }.map { try RPMDirectory($0) },
      library: stream.library, ledger: stream.ledger)
  }

  /// The hub that the policy names, with the testing tag of `release` in the place of the live
  /// one; nil where the policy has no hub.
  func testingHub(_ stream: StreamContext, for release: ReleaseID) throws -> KojiBuildSystem? {
    guard let names = stream.policy.koji?.ofTesting else { return nil }
    let known = koji.withLock { $0 }
    return try hub(named: names, in: stream, for: release, reusing: known?.hub)
  }

  /// The directories that `--rpms` names, each once, looked at once for each
  /// command.
  private func rpmDirectories(_ rpms: [String]) throws -> [RPMDirectory] {
    if let known = rpmDirectories.withLock({ $0 }) { return known }
    var seen: Set<String> = []
    let directories = try rpms.map(Self.resolved).filter { seen.insert($0).inserted }
      .map { try RPMDirectory($0) }
    rpmDirectories.withLock { $0 = directories }
    return directories
  }

  /// The live builds of the directories that `--rpms` names; nil without it.
  func liveBuilds(
    ofDirectory options: BuildSystemOptions, _ stream: StreamContext
  ) async throws -> [Build]? {
    guard options.namesDirectories else { return nil }
    return try await directories(options.rpms, stream).liveBuilds(LiveQuery(), reporting: activity)
      .builds
  }

  /// Throws what is wrong with the build system, without touching the ledger.
  func requireBuildSystem(_ options: BuildSystemOptions, _ entry: PolicySet.Entry) throws {
    if options.namesDirectories {
      _ = try rpmDirectories(options.rpms)
    } else {
      _ = try hubNames(entry.policy)
    }
  }

  /// Whether RPMs must be downloaded before a tree can be made of them.
  func downloads(_ options: BuildSystemOptions, _ entry: PolicySet.Entry) -> Bool {
    !options.namesDirectories && entry.policy.koji?.topdir.hasPrefix("/") == false
  }

  /// Koji, where the policy names it and a compose has made `tag` there; nil
  /// where there is nothing to ask.
  func hub(ofTag tag: String, _ stream: StreamContext, for release: ReleaseID) throws -> (
    any BuildSystem
  )? {
    guard stream.policy.koji != nil, try stream.ledger.knowsHubTag(tag) else { return nil }
    return try hub(stream, for: release)
  }

  /// Whether the hub's compose tag of a release is what it was cut with; empty where
  /// no compose has made one, or nobody will ask for it again.
  func composeTag(of record: ReleaseRecord, _ stream: StreamContext) throws -> [CheckResult] {
    guard [.staged, .published, .current].contains(record.state),
      let system = try hub(ofTag: record.composeTag, stream, for: record.id)
    else { return [] }
    return [try ComposeTagComparison(of: record, in: system, stream).result()]
  }

  private func hubNames(_ policy: Policy) throws -> KojiNames {
    guard let names = policy.koji else {
      throw ComposeError(
        .usage, policy.stream, "its policy names no hub",
        remedy: "Name a directory of RPM files with --rpms, or a hub with 'koji' in the policy")
    }
    return names
  }

  private func hub(
    named names: KojiNames, in stream: StreamContext, for release: ReleaseID,
    reusing known: KojiHub?
  ) throws -> KojiBuildSystem {
    let access = known?.access ?? access(names)
    let limits = TransferLimits(
      idle: names.waits.idle.seconds, stall: names.waits.stall.seconds,
      deadline: names.waits.deadline.seconds)
    let check = { @Sendable in try Interruption.check(remaining: "work at the hub") }
    let files: KojiBuildSystem.Files =
      names.topdir.hasPrefix("/")
      ? .mount(rootPrefix + names.topdir)
      : .server(
        HubFiles(
          url: names.topdir, authorities: access.authorities, limits: limits, activity: activity,
          check: check),
        pool: stream.locations.pool, fills: stream.isForChanges)
    return try KojiBuildSystem(
      hub: known ?? KojiHub(access, limits: limits, activity: activity, check: check),
      policy: stream.policy,
      names: names, release: release, files: files, library: stream.library, activity: activity)
  }

  /// Throws `refused` where a root is in front of the policy's paths and nobody said that
  /// its hub may be changed: a root moves directories, and who tries something in an
  /// empty one does not think of a hub.
  func requireChangeableHub(_ names: KojiNames) throws {
    if rootPrefix.isEmpty || options.hub || names.changesBelowRoot { return }
    throw ComposeError(
      .refused, names.hub.sanitizedForDisplay,
      "it would be changed, although there is a root: that moves directories, not the hub",
      remedy:
        "Take builds from a directory with --rpms, or say that the hub may be changed: --hub, "
        + "or 'koji.changesBelowRoot' of the policy")
  }

  /// The hub with the login of the policy's Koji profile. Reads need no
  /// login: what is wrong with the profile is told when the first change
  /// needs one.
  private func access(_ names: KojiNames) -> HubAccess {
    // What no login would help comes first. It can be read all the same.
    var refusal: (any Error)?
    do { try requireChangeableHub(names) } catch { refusal = error }
    do {
      let profile = try KojiProfile(named: names.profile)
      if let server = profile.server, !Self.isSame(server, names.hub) {
        throw ComposeError(
          .noInput, "Koji profile '\(names.profile)'",
          "it is of another hub: \(server.sanitizedForDisplay)",
          remedy: "Name the profile of \(names.hub) with 'koji.profile' of the policy")
      }
      if let refusal {
        return HubAccess(
          url: names.hub, login: .none(because: refusal), authorities: profile.authorities)
      }
      // GSSAPI takes the keytab from the environment alone.
      for (name, value) in profile.environment { setenv(name, value, 1) }
      return HubAccess(url: names.hub, login: profile.login, authorities: profile.authorities)
    } catch {
      return HubAccess(url: names.hub, login: .none(because: refusal ?? error))
    }
  }

  /// Whether two URLs of hubs lead to the same one: logins go over HTTPS
  /// whatever the profile says.
  private static func isSame(_ server: String, _ hub: String) -> Bool {
    func place(_ url: String) -> String {
      let parts = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst()
      return parts.joined(separator: "/").lowercased()
    }
    return place(server) == place(hub)
  }
}
