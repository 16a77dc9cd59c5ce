import ComposePolicy
import KojiClient
import RPMPackages
import ReleaseModel

/// What a hub has for a minor release that is branched from the one before, at one event: the tags
/// of both by the policy, the targets that build into them, and what the new live tag says
/// already.
struct BranchReading {
  let branching: Branching
  /// Packages that the new live tag blocks: their retirement takes effect with the new release.
  let blocked: Set<String>
  private let release: ReleaseID
  private let event: BuildSystemEvent
  private let liveTag: String
  private let formerTag: String
  /// What is live in the new live tag; nil where there is no such tag.
  private let live: [TaggedBuild]?

  /// - Parameters:
  ///   - former: the release whose live tag `snapshot` is of.
  ///   - release: the new one.
  ///
  /// Throws `unavailable`.
  init(
    hub: KojiHub, names: KojiNames, former: ReleaseID, release: ReleaseID, snapshot: HubSnapshot
  ) throws {
    self.release = release
    event = snapshot.event
    formerTag = names.liveTag.filled(release: former)
    liveTag = names.liveTag.filled(release: release)
    var tags: [BranchTag] = []
    var targets: [BuildTarget] = []
    var (blocked, live): (Set<String>, [TaggedBuild]?) = ([], nil)
    for id in [former, release] {
      let templates =
        [(names.liveTag, BranchTag.Role.live)] + names.pendingTags.map { ($0, .pending) }
      for (template, role) in templates {
        let name = template.filled(release: id)
        // A tag that both releases have is told once.
        if tags.contains(where: { $0.tag == name }) { continue }
        guard let tag = try hub.tag(name, at: event) else {
          tags.append(BranchTag(release: id, role: role, tag: name, packages: nil))
          continue
        }
        let builds = try hub.builds(in: name, at: event).filter { !$0.isDraft }
        tags.append(
          BranchTag(
            release: id, role: role, tag: name, packages: Set(builds.map(\.nvr.name)).count))
        targets += try hub.targets(into: tag, at: event)
        guard id == release, role == .live else { continue }
        live = LiveChoice(of: builds, by: names.latest, tag: name, order: .rpm).builds
        blocked = Set(try hub.packages(of: tag, at: event).filter(\.isBlocked).map(\.name))
      }
    }
    branching = Branching(former: former, tags: tags, targets: targets)
    self.blocked = blocked
    self.live = live
  }

  /// What stands between the branch and pushes into the new release.
  ///
  /// - Parameter builds: what the new release takes, builds with markers among it.
  func warnings(branching builds: [Build]) -> [Finding] {
    (live.map { differences($0, builds.filter { $0.marker == nil }) } ?? [noTag]) + noTarget
  }

  private var noTag: Finding {
    Finding(
      code: "no-live-tag",
      message: "the hub has no tag \(liveTag): until it is there, nothing can be pushed into "
        + "\(release), nor the release after it branched",
      remedy: "Make it: \(cloning)")
  }

  /// The command by which the new live tag gets what the former one had at the event.
  private var cloning: String {
    "koji clone-tag --all --latest-only --event=\(event.id) \(formerTag.shellWord) "
      + liveTag.shellWord
  }

  /// Builds that only one of the new live tag and the branch has.
  private func differences(_ live: [TaggedBuild], _ builds: [Build]) -> [Finding] {
    let there = Dictionary(live.map { ($0.nvr.name, $0) }) { first, _ in first }
    let taken = Dictionary(builds.map { ($0.package, $0) }) { first, _ in first }
    // An older one there is no news: users would not get it.
    let since = live.filter { build in
      !blocked.contains(build.nvr.name)
        && taken[build.nvr.name].map { VersionOrder.rpm.isOlder($0.evr, than: build.evr) } ?? true
    }.map(\.nvr.description)
    let lacking = builds.filter { build in
      there[build.package].map { VersionOrder.rpm.isOlder($0.evr, than: build.evr) } ?? true
    }.map(\.nvr.description)
    return [
      since.isEmpty
        ? nil
        : Finding(
          code: "not-branched",
          message: "\(since.count.counted("build")) of \(liveTag) "
            + "\(since.count == 1 ? "is" : "are") not in \(formerTag), and so not in the branch: "
            + Self.text(since),
          remedy: "Push once \(release) is published: epel-compose update \(release)"),
      lacking.isEmpty
        ? nil
        : Finding(
          code: "not-in-live-tag",
          message: "\(liveTag) lacks \(lacking.count.counted("build")) of the branch: "
            + Self.text(lacking) + "; the release after \(release) would be without",
          remedy: lacking.count > Self.shown
            ? "Tag them, if nothing else is in the tag yet: \(cloning)"
            : "Tag them: koji tag-build \(liveTag.shellWord) "
              + lacking.map(\.shellWord).joined(separator: " ")),
    ].compactMap { $0 }
  }

  private var noTarget: [Finding] {
    let tags = branching.tags.filter { $0.release == release }.map(\.tag)
    if branching.targets.contains(where: { tags.contains($0.destinationTag) }) { return [] }
    return [
      Finding(
        code: "no-target",
        message: "nothing builds into \(tags.joined(separator: ", ")): packagers cannot build for "
          + "\(release)",
        remedy: "Make the tags and a target for it: koji add-target; or name the tag that builds "
          + "land in with 'koji.pendingTags' of the policy")
    ]
  }

  /// The first of many.
  private static func text(_ names: [String]) -> String {
    let first = names.prefix(shown).joined(separator: ", ")
    return names.count > shown ? "\(first) and \((names.count - shown).grouped) more" : first
  }

  /// How many builds a message names.
  private static let shown = 5
}
