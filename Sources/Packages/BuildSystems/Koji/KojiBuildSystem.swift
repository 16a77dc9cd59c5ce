package import ComposePolicy
package import KojiClient
package import PackageLibrary
import RPMPackages
package import ReleaseModel

/// Koji: builds and tags are the hub's, files come from its top directory.
///
/// Everything that is read for one plan is read at one event of the hub's
/// history. Whether a build is tagged is read back from the hub, never concluded
/// from the reply to a call, which can be lost.
package final class KojiBuildSystem: BuildSystem {
  /// Shared by reads and writes: it has one session.
  package let hub: KojiHub
  /// What the templates of its tags are filled with.
  package let release: ReleaseID
  /// Whether what it downloads is for previews alone.
  package let isForPreviews: Bool
  private let files: any TopDirectory
  /// The same without a pool: metadata is compared and copied at once.
  let metadataFiles: any TopDirectory
  let names: KojiNames
  private let liveTag: String
  private let pendingTags: [String]
  private let arches: [Architecture]
  private let library: PackageLibrary
  let activity: any ActivityReporting
  /// What ``liveBuilds(_:reporting:)`` read last: tagging keeps its owners and
  /// order.
  private let snapshot = Guarded<HubSnapshot?>(nil)

  /// - Parameters:
  ///   - release: fills the templates of tag names.
  ///   - files: `koji.topdir` of the policy.
  package init(
    hub: KojiHub, policy: Policy, names: KojiNames, release: ReleaseID, files: Files,
    library: PackageLibrary, activity: any ActivityReporting
  ) throws {
    self.hub = hub
    self.release = release
    self.names = names
    self.library = library
    self.activity = activity
    liveTag = names.liveTag.filled(release: release)
    pendingTags = names.pendingTags.map { $0.filled(release: release) }
    arches = policy.arches
    switch files {
    case .mount(let root):
      isForPreviews = false
      self.files = MountedTopDirectory(root: root)
      metadataFiles = self.files
    case .server(let files, let pool, let fills):
      isForPreviews = !fills
      self.files = RemoteTopDirectory(files: files, pool: pool, fills: fills)
      metadataFiles = RemoteTopDirectory(files: files, pool: nil, fills: false)
    }
  }

  /// Where the hub's files are.
  package enum Files {
    /// A directory on this machine.
    case mount(String)
    /// A web server; what is downloaded is kept in `pool`, if that may be
    /// filled.
    case server(HubFiles, pool: String, fills: Bool)
  }

  /// `tag TAG of URL`, for messages.
  package var label: String { "tag \(liveTag) of \(hub.access.url.withoutPassword)" }

  /// Asks for lists of names alone; throws what ``liveBuilds(_:reporting:)`` does.
  package func liveVersions(
    reporting activity: any ActivityReporting
  ) async throws -> LiveVersions {
    let event = try hub.lastEvent()
    guard let tag = try hub.tag(liveTag, at: event) else {
      throw HubSnapshot.noLiveTag(liveTag, hub, key: names.tagKey)
    }
    let choice = LiveChoice(
      of: try hub.builds(in: liveTag, at: event), by: names.latest, tag: liveTag, order: .rpm)
    return LiveVersions(
      versions: Dictionary(choice.builds.map { ($0.nvr.name, $0.evr) }) { first, _ in first },
      blocked: Set(try hub.packages(of: tag, at: event).filter(\.isBlocked).map(\.name)))
  }

  /// Reads lists of the hub at one event, and RPMs from its top directory.
  /// Throws `unavailable` where hub or directory do not answer, `noInput`
  /// where there is no live tag. A file that is damaged or missing is a refusal
  /// among the results.
  package func liveBuilds(
    _ query: LiveQuery, reporting activity: any ActivityReporting
  ) async throws -> LiveBuilds {
    try files.requireThere()
    let (snapshot, branch) = try read(query, reporting: activity)
    let copies = SignedCopies(files: files, library: library, keys: names.signingKeys)
    let chosen = snapshot.live.filter { build in
      query.packages?.contains(build.nvr.name) ?? true && !query.known.contains(build.nvr)
        && branch?.blocked.contains(build.nvr.name) != true
    }
    let wanted = chosen.flatMap { build in
      (snapshot.rpms[build.id] ?? []).filter(isForUs)
        .map { SignedCopies.Wanted(build: build, rpm: $0) }
    }
    let found = try RPMBatch.read(wanted, reporting: activity) { try copies.find($0) }
      .map { try $0.get() }
    let blocked = Set(snapshot.packages.values.filter(\.isBlocked).map(\.name))
      .union(branch?.blocked ?? []).filter { query.packages?.contains($0) ?? true }
    let builds = Self.builds(chosen, found)
    return LiveBuilds(
      builds: builds,
      blocked: query.looksBehindBlocks
        ? try HiddenBuilds(hub: hub, tag: liveTag, event: snapshot.event, copies: copies)
          .read(Array(blocked))
        : blocked.sorted().map { BlockedPackage(package: $0) },
      versions: Dictionary(
        snapshot.live.filter { branch?.blocked.contains($0.nvr.name) != true }
          .map { ($0.nvr.name, $0.evr) }
      ) { first, _ in first },
      owners: snapshot.packages.mapValues(\.owner),
      pending: snapshot.pending,
      event: snapshot.event,
      branching: branch?.branching,
      refusals: found.compactMap(\.refusal).sorted { $0.message < $1.message },
      warnings: snapshot.warnings + foreign(snapshot, chosen) + empty(snapshot, chosen)
        + loginWarning() + (branch?.warnings(branching: builds) ?? []),
      signatureFindings: Dictionary(
        found.compactMap { rpm in
          rpm.file.flatMap { file in
            rpm.signature.map { (file.nevra.fileName, $0) }
          }
        }
      ) { first, _ in first })
  }

  /// Reads what the hub says of the live tag, and of a branch that is asked about.
  private func read(
    _ query: LiveQuery, reporting activity: any ActivityReporting
  ) throws -> (snapshot: HubSnapshot, branch: BranchReading?) {
    activity.begin("Reading \(label)", total: nil, unit: "")
    defer { activity.end() }
    let snapshot = try HubSnapshot.read(
      hub, liveTag: liveTag, latest: names.latest, pendingTags: pendingTags,
      key: names.tagKey, order: .rpm, at: query.event)
    self.snapshot.withLock { $0 = snapshot }
    let branch = try query.successor.map {
      try BranchReading(hub: hub, names: names, former: release, release: $0, snapshot: snapshot)
    }
    return (snapshot, branch)
  }

  /// Sorted by NVR as text; nil where the hub has no such tag. Throws
  /// `unavailable`.
  package func builds(taggedInto tag: String) throws -> [NVR]? {
    guard try hub.tag(tag) != nil else { return nil }
    return try hub.builds(in: tag).map(\.nvr).sorted { $0.description < $1.description }
  }

  /// Adds what the tag lacks, oldest first, until the hub's own list shows all
  /// of it; see ``BuildSystem/tag(_:into:reopening:)``.
  package func tag(_ builds: [NVR], into tag: String, reopening: Bool) throws {
    let snapshot =
      try self.snapshot.withLock { $0 }
      ?? HubSnapshot.read(
        hub, liveTag: liveTag, latest: names.latest, pendingTags: [], order: .rpm)
    try Retagging(
      hub: hub, tag: tag, arches: arches.map(\.name), packages: snapshot.packages,
      taggedAt: Dictionary(snapshot.live.map { ($0.nvr, $0.taggedAt) }) { first, _ in first },
      locks: names.locks, reopens: reopening, activity: activity
    ).run(builds)
  }

  /// Logs in, and asks the hub for the account's permissions: the general one, and
  /// the one that the tag itself asks for.
  package func requireTagging(into tag: String) throws {
    guard try hub.mayTag() else {
      throw ComposeError(
        .permission, "hub \(hub.access.url)", "the account that is logged in may not tag",
        remedy: "Ask the hub's administrators for the permission 'tag'")
    }
    guard let permission = try hub.tag(tag)?.permission, try !hub.hasPermission(permission)
    else { return }
    throw ComposeError(
      .permission, "tag \(tag)",
      "it takes builds only from accounts with the permission '\(permission)'",
      remedy: "Ask the hub's administrators for the permission '\(permission)', "
        + "or to take it from the tag: koji edit-tag --no-perm \(tag.shellWord)")
  }

  /// Reads the hub's tag. Throws `unavailable`.
  package func protection(of tag: String) throws -> TagProtection? {
    try hub.tag(tag).map { TagProtection(isLocked: $0.isLocked, permission: $0.permission) }
  }

  /// Asks for the tag first, so that nothing is sent that is so already. Throws `unavailable`,
  /// `permission`.
  package func setLocked(_ isLocked: Bool, of tag: String) throws {
    guard let found = try hub.tag(tag), found.isLocked != isLocked else { return }
    try hub.setLocked(isLocked, of: tag)
  }

  /// Deletes the tag: its history stays in the hub.
  package func removeTag(_ tag: String) throws {
    if try hub.tag(tag) != nil { try hub.deleteTag(tag) }
  }

  // MARK: Builds

  private func isForUs(_ rpm: TaggedRPM) -> Bool {
    rpm.nevra.arch.isSource || rpm.nevra.arch == .noarch || arches.contains(rpm.nevra.arch)
  }

  private static func builds(
    _ chosen: [TaggedBuild], _ found: [SignedCopies.Found]
  ) -> [Build] {
    let files = Dictionary(grouping: found, by: \.buildID)
    return chosen.map { build in
      Build(
        package: build.nvr.name, evr: build.evr, rpms: (files[build.id] ?? []).compactMap(\.file))
    }
  }

  /// Warns of a missing login: the first change of a compose would fail.
  private func loginWarning() -> [Finding] {
    guard let problem = hub.access.loginProblem as? ComposeError else { return [] }
    return [
      Finding(
        code: "no-login",
        message: "nothing can be tagged: \(problem.thing): \(problem.cause)",
        remedy: problem.remedy)
    ]
  }

  private func empty(_ snapshot: HubSnapshot, _ chosen: [TaggedBuild]) -> [Finding] {
    chosen.filter { (snapshot.rpms[$0.id] ?? []).isEmpty }.map {
      Finding(
        code: "no-rpms", message: "the hub lists no RPM of \($0.nvr): it is left out",
        remedy: "Untag it if it is no build of RPMs; else ask the hub's administrators")
    }
  }

  /// Warns of RPMs for architectures that the policy does not compose; their
  /// files are not read.
  private func foreign(_ snapshot: HubSnapshot, _ chosen: [TaggedBuild]) -> [Finding] {
    let others = chosen.flatMap { snapshot.rpms[$0.id] ?? [] }.filter { !isForUs($0) }
    return Dictionary(grouping: others, by: \.nevra.arch).sorted { $0.key < $1.key }
      .map { .foreignArchitecture($0, count: $1.count) }
  }
}
