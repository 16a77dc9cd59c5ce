import ComposePolicy
import KojiClient
import ReleaseModel

/// What a hub says of the live tag at one event: every query names the event, so
/// changes in the hub meanwhile do not show.
struct HubSnapshot: Sendable {
  let event: BuildSystemEvent
  /// The list of packages, blocked ones included, by name.
  let packages: [String: ListedPackage]
  /// The live build of each package, sorted by package.
  let live: [TaggedBuild]
  /// RPMs by the id of their build.
  let rpms: [Int: [TaggedRPM]]
  let pending: [PendingBuild]
  let warnings: [Finding]

  static func noLiveTag(_ name: String, _ hub: KojiHub) -> ComposeError {
    ComposeError(
      .noInput, "tag \(name)", "the hub \(hub.access.url) has no such tag",
      remedy: "Correct 'koji.liveTag' of the policy; a minor release that is not there yet begins "
        + "with 'epel-compose branch'")
  }

  /// Throws `noInput` where there is no live tag, or no such event; `unavailable`.
  ///
  /// - Parameter number: of an earlier event; nil for the last one.
  static func read(
    _ hub: KojiHub, liveTag name: String, latest: KojiNames.Latest, pendingTags: [String],
    order: VersionOrder, at number: Int? = nil
  ) throws -> HubSnapshot {
    let event = try number.map { try Self.event($0, of: hub) } ?? hub.lastEvent()
    guard let tag = try hub.tag(name, at: event) else {
      throw noLiveTag(name, hub)
    }
    let packages = try hub.packages(of: tag, at: event)
    let all = try hub.builds(in: name, at: event)
    let drafts = all.filter(\.isDraft)
    let tagged = all.filter { !$0.isDraft }
    let choice = LiveChoice(of: tagged, by: latest, tag: name, order: order)
    let pending = try PendingBuilds(hub: hub, event: event, order: order)
      .read(pendingTags, live: choice.builds)
    return HubSnapshot(
      event: event, packages: Dictionary(packages.map { ($0.name, $0) }) { first, _ in first },
      live: choice.builds,
      rpms: try hub.rpms(
        in: name, latestOnly: latest == .tagged, withoutDrafts: !drafts.isEmpty, at: event),
      pending: pending.builds,
      warnings: choice.warnings + pending.warnings + drafts.map { Self.draft($0, in: name) })
  }

  private static func event(_ number: Int, of hub: KojiHub) throws -> BuildSystemEvent {
    if let event = try hub.event(number) { return event }
    throw ComposeError(
      .noInput, "event \(number)", "the hub \(hub.access.url) has had no such event",
      remedy: "Take the number from a plan, or leave --event out")
  }

  private static func draft(_ build: TaggedBuild, in tag: String) -> Finding {
    Finding(
      code: "draft", message: "\(build.nvr) in \(tag) is a draft: it is left out",
      remedy: "Promote it if it is meant to be released (koji promote-build), else untag it",
      package: build.nvr.name)
  }
}

/// Builds in candidate, testing and signing tags: whoever cuts a compose
/// decides whether to wait for them.
private struct PendingBuilds {
  let hub: KojiHub
  let event: BuildSystemEvent
  let order: VersionOrder

  func read(
    _ tags: [String], live: [TaggedBuild]
  ) throws -> (builds: [PendingBuild], warnings: [Finding]) {
    let liveByPackage = Dictionary(live.map { ($0.nvr.name, $0) }) { first, _ in first }
    var found: [(build: TaggedBuild, tag: String)] = []
    var warnings: [Finding] = []
    for tag in tags {
      guard try hub.tag(tag, at: event) != nil else {
        warnings.append(
          Finding(
            code: "no-pending-tag", message: "the hub has no tag \(tag)",
            remedy: "Correct 'koji.pendingTags' of the policy"))
        continue
      }
      var seen: Set<String> = []
      for build in try hub.builds(in: tag, at: event)
      where !build.isDraft && seen.insert(build.nvr.name).inserted {
        if let other = liveByPackage[build.nvr.name],
          other.id == build.id || order.isOlder(build.evr, than: other.evr)
        {
          continue
        }
        found.append((build, tag))
      }
    }
    let times = try hub.times(of: Set(found.map(\.build.taggedAt)))
    let builds = found.map { build, tag in
      PendingBuild(
        package: build.nvr.name, nvr: build.nvr, tag: tag, since: times[build.taggedAt])
    }
    return (builds.sorted { ($0.package, $0.tag) < ($1.package, $1.tag) }, warnings)
  }
}
