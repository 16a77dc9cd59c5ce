import DurableFiles
import KojiClient
import ReleaseModel

/// Brings a compose tag to what a plan says, whatever state an earlier try
/// left it in: the hub is asked what is there, and only what is missing is
/// added.
struct Retagging {
  let hub: KojiHub
  let tag: String
  let arches: [String]
  /// The live tag's list: owners are kept.
  let packages: [String: ListedPackage]
  /// When each build was tagged into the live tag: the oldest comes first, so
  /// that "latest" means in the compose tag what it means in the live one.
  let taggedAt: [NVR: Int]
  /// Whether the tag is locked once it is complete.
  let locks: Bool
  /// Whether a lock is an earlier compose's own, which this one goes on with.
  let reopens: Bool
  let activity: any ActivityReporting

  /// How many rounds in a row may bring no progress.
  private static let rounds = 4

  /// Throws `refused` before the first change where the tag has builds that
  /// are not in the plan, is locked or blocks a package; `permission` where it
  /// asks for one that the account lacks; `failed` with what the hub refused.
  func run(_ builds: [NVR]) throws {
    try prepareTag()
    var rounds = 0
    var fewest = Int.max
    var passing: [String: HubFault] = [:]
    while rounds < Self.rounds {
      if !passing.isEmpty { try hub.pause(seconds: 0.2 * Double(1 << rounds)) }
      passing = [:]
      let list = try hub.packages(of: requireTag())
      let tagged = try hub.builds(in: tag).map(\.nvr)
      try requireRoom(for: builds, among: list, tagged)
      let listed = Set(list.map(\.name))
      let unlisted = Set(builds.map(\.name)).subtracting(listed).sorted()
      let missing = sorted(Set(builds).subtracting(tagged))
      if unlisted.isEmpty, missing.isEmpty { return try lock() }
      try requireOpen()
      // Count only rounds without progress.
      rounds = unlisted.count + missing.count < fewest ? 0 : rounds + 1
      fewest = min(fewest, unlisted.count + missing.count)
      // Tag nothing until every package is on the tag's list: the hub accepts a
      // build of an unlisted package, but hides it.
      guard try add(unlisted, &passing) else { continue }
      if try tagAll(missing, &passing) { return try lock() }
    }
    guard passing.isEmpty else { throw refusal(passing) }
    throw ComposeError(
      .unavailable, "tag \(tag)", "the hub loses its replies again and again",
      remedy: "Run the command again when the hub is well; it tags only what is missing")
  }

  private func prepareTag() throws {
    if try hub.tag(tag) == nil {
      try hub.createTag(tag, arches: arches)
      activity.note("made the tag \(tag)")
    }
  }

  private func requireTag() throws -> HubTag {
    guard let found = try hub.tag(tag) else {
      throw ComposeError(
        .failed, "tag \(tag)", "it is gone, though it was just there",
        remedy: "Find out who else works on it")
    }
    return found
  }

  /// Throws where nothing can be tagged into it; before any change.
  private func requireOpen() throws {
    let found = try requireTag()
    if let permission = found.permission, try !hub.hasPermission(permission) {
      throw ComposeError(
        .permission, "tag \(tag)",
        "it takes builds only from accounts with the permission '\(permission)'",
        remedy: "Ask the hub's administrators for the permission '\(permission)', "
          + "or to take it from the tag: koji edit-tag --no-perm \(tag.shellWord)")
    }
    guard found.isLocked else { return }
    guard reopens else {
      throw ComposeError(
        .refused, "tag \(tag)", "it is locked",
        remedy: "Unlock it: koji edit-tag --unlock \(tag.shellWord)")
    }
    activity.note("unlocked the tag \(tag), which an earlier compose had locked")
    try hub.setLocked(false, of: tag)
  }

  private func lock() throws {
    guard locks, try !requireTag().isLocked else { return }
    try hub.setLocked(true, of: tag)
  }

  /// Throws `refused` where the tag holds builds that are not in the plan, or
  /// blocks a package of it.
  private func requireRoom(
    for builds: [NVR], among list: [ListedPackage], _ tagged: [NVR]
  ) throws {
    let foreign = Set(tagged).subtracting(builds).map(\.description).sorted()
    let planned = Set(builds.map(\.name))
    let blocked = list.filter { $0.isBlocked && planned.contains($0.name) }.map(\.name).sorted()
    let findings =
      foreign.map {
        Finding(
          code: "tagged-too", message: "\($0) is in the tag, but not planned",
          remedy: "koji untag-build \(tag.shellWord) \("\($0)".shellWord)")
      }
      + blocked.map {
        Finding(
          code: "blocked-in-tag", message: "\($0) is planned, but blocked in the tag",
          remedy: "koji unblock-pkg \(tag.shellWord) \("\($0)".shellWord)")
      }
    guard let first = findings.first else { return }
    throw ComposeError(
      .refused, "tag \(tag)",
      first.message + (findings.count > 1 ? "; \(findings.count - 1) more stand in the way" : ""),
      remedy: first.remedy, findings: findings)
  }

  private func sorted(_ builds: Set<NVR>) -> [NVR] {
    builds.sorted {
      (taggedAt[$0] ?? Int.max, $0.description) < (taggedAt[$1] ?? Int.max, $1.description)
    }
  }

  /// False where a reply was lost, so that the list must be read.
  private func add(_ names: [String], _ passing: inout [String: HubFault]) throws -> Bool {
    let entries = try names.map { name in
      guard let package = packages[name] else {
        throw ComposeError(
          .failed, "package \(name.sanitizedForDisplay)", "the live tag's list does not have it",
          remedy: "Plan again: the live tag has moved on")
      }
      return package
    }
    activity.begin("Adding packages to \(tag)", total: entries.count, unit: "packages")
    defer { activity.end() }
    return try inBatches(entries, of: TaggingBatches.current.packages, &passing) { part in
      try hub.addPackages(part, to: tag)
    }
  }

  /// False where a reply was lost, so that the tag must be read.
  private func tagAll(_ builds: [NVR], _ passing: inout [String: HubFault]) throws -> Bool {
    activity.begin("Tagging into \(tag)", total: builds.count, unit: "builds")
    defer { activity.end() }
    return try inBatches(builds, of: TaggingBatches.current.builds, &passing) { part in
      try hub.tagBuilds(part, into: tag)
    }
  }

  /// - Parameter passing: gets what the hub refused for a reason that passes; then
  ///   the result is false.
  private func inBatches<Thing>(
    _ things: [Thing], of size: Int, _ passing: inout [String: HubFault],
    _ write: ([Thing]) throws -> [String: HubFault]?
  ) throws -> Bool {
    for start in stride(from: 0, to: things.count, by: size) {
      let part = Array(things[start..<min(start + size, things.count)])
      try Interruption.check(
        remaining: "\(things.count - start) of \(things.count) changes of the tag \(tag)")
      guard let refused = try write(part) else { return false }
      let lasting = refused.filter { !$0.value.isPassing }
      guard lasting.isEmpty else { throw refusal(lasting) }
      passing.merge(refused) { $1 }
      activity.advance(by: part.count - refused.count)
    }
    return passing.isEmpty
  }

  private func refusal(_ refused: [String: HubFault]) -> ComposeError {
    let findings = refused.sorted { $0.key < $1.key }.map { name, fault in
      Finding(
        code: "hub-refused", message: "\(name): \(fault.summary)",
        remedy: remedy(fault))
    }
    let first = refused.min { $0.key < $1.key }?.value
    let isPermission = refused.values.contains { $0.code == HubFault.Code.notAllowed }
    let isPassing = refused.values.allSatisfy(\.isPassing)
    return ComposeError(
      isPermission ? .permission : isPassing ? .unavailable : .failed, "tag \(tag)",
      "the hub refused \(findings.count.counted("change")): "
        + (findings.first?.message ?? "no reason given"),
      remedy: first.map(remedy) ?? "Run the command again: it goes on from there",
      findings: findings)
  }

  private func remedy(_ fault: HubFault) -> String {
    if fault.code == HubFault.Code.notAllowed {
      return fault.neededRight.replacing("TAG", with: tag)
    }
    return fault.isPassing
      ? "Run the command again when the hub is well: it goes on from there"
      : "Mend what the hub names, then run the command again: it goes on from there"
  }
}
