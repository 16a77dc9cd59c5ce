import ComposePolicy
package import ComposeStream
import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Moves one link that has a moment of its own, or moves it back. The leading release and all
/// other links stay.
package struct MoveLinkOperation: LinkOperation {
  package static let kind = OperationKind.moveLink

  package let release: ReleaseID
  /// The link, below the public root.
  package let link: RelativePath
  /// Where it led; nil where it is made.
  package let former: ReleaseID?
  package var links: LinkChange
  /// Whether it goes back: then where it led before is not known any more.
  private let isBack: Bool
  private var overrides: [GateOverride] = []

  /// Throws `refused` unless the rule of the link leads to `record` today, its checks passed on
  /// what is there now, mirrors can have what clients of the link may ask for, and mirrors have
  /// the release.
  ///
  /// - Parameters:
  ///   - path: of the link, below the public root.
  ///   - skipSoak: do not wait for mirrors.
  ///   - reason: why the verdict of the checks does not count; nil where it does.
  ///   - mirrors: asks what mirrors have of it; not called where something else keeps the link
  ///     from being moved.
  package init(
    _ record: ReleaseRecord, link path: String, skipSoak: Bool,
    overridingChecks reason: String? = nil, mirrors: () throws -> MirrorVerdict = { .unasked },
    in stream: StreamContext
  ) throws {
    let link = try stream.ownLink(path)
    let linked = try stream.linkedReleases()
    let former = try linked.release(of: link).map(stream.release)
    if former?.id == record.id {
      throw record.refusal("the link \(link.path) leads to it already", "Nothing is left to move")
    }
    guard try stream.dueRelease(of: link) == record.id else {
      let due = try stream.dueRelease(of: link)
      throw record.refusal(
        "by its rule '\(link.rule.rawValue)' and the calendar, the link \(link.path) leads to "
          + (due?.description ?? "no release yet"),
        "Wait for its day, or correct 'calendar' of the policy; back it goes with: "
          + stream.commands.commandLine("rollback \(record.id.major) --link \(link.path)"))
    }
    var overrides: [GateOverride] = []
    func override(_ gate: String, _ reason: String) {
      overrides.append(
        GateOverride(
          gate: gate, reason: reason, operatorName: stream.operatorName, at: stream.time.now))
    }
    if let verdict = try PromoteOperation.overriddenChecks(of: record, by: reason, stream) {
      override("checks", verdict)
    }
    try self.init(to: record, from: former, link.path, isBack: false, in: stream)
    if stream.policy.mirrors != nil, let former,
      let late = LateCarries(try links.lateFiles(in: stream), from: former.id)
    {
      guard skipSoak else {
        throw PromoteOperation.carriedLate(record, late, link: link.path, in: stream)
      }
      override("carried-late", late.cause)
    }
    if let skipped = try mirrors().override("promote \(record.id) --link \(link.path)", in: stream)
    {
      overrides.append(skipped)
    }
    self.overrides = overrides
  }

  /// Moves the link at `path` back to where it led before.
  ///
  /// Throws `refused` where it never moved, or the trees of that release are not in place.
  package init(back path: String, in stream: StreamContext) throws {
    let link = try stream.ownLink(path)
    guard let moved = try stream.ledger.linkRecords().first(where: { $0.path == link.path }),
      let former = moved.former
    else {
      throw ComposeError(
        .refused, "the link \(link.path)", "it has led to no other release",
        remedy: "Nothing is left to roll back")
    }
    let target = try stream.release(former)
    guard [.superseded, .current].contains(target.state) else {
      throw target.refusal(
        "it is \(target.state.rawValue): the link \(link.path) cannot go back to it",
        "Let it lead to a release that users have")
    }
    try self.init(
      to: target, from: stream.release(moved.release), link.path, isBack: true, in: stream)
  }

  private init(
    to record: ReleaseRecord, from former: ReleaseRecord?, _ link: RelativePath,
    isBack: Bool, in stream: StreamContext
  ) throws {
    release = record.id
    self.link = link
    self.former = former?.id
    self.isBack = isBack
    links = try LinkChange(to: record, from: former, moving: link, in: stream)
  }

  package var title: String { "move \(link) to \(release)" }

  package var summary: String {
    (["\(link) leads to it"] + (former.map { ["no longer to \($0)"] } ?? [])
      + overrides.map { "\($0.gate) overridden (\($0.reason))" }).joined(separator: ", ")
  }

  /// What is overridden, one sentence each.
  package var overridden: [String] { overrides.map { "\($0.gate): \($0.reason)" } }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let records = try links.records(in: stream)
    let files = try links.unlistedFiles(in: stream)
    let record = LinkRecord(
      path: link, release: release, former: isBack ? nil : former, since: stream.time.now)
    let (release, overrides) = (release, overrides)
    return { change in
      try change.addOverrides(overrides, to: release)
      for record in records { try change.renewTree(record) }
      for (tree, files) in files { try change.setUnlistedFiles(files, of: tree) }
      try change.setLink(record)
    }
  }
}

extension StreamContext {
  /// The link at `path`, which has a moment of its own.
  ///
  /// Throws `noInput` where the policy has no such link, `refused` where it moves with others.
  func ownLink(_ path: String) throws -> Policy.LinkPolicy {
    guard let link = policy.links.first(where: { $0.path.description == path }) else {
      let names = policy.ownLinks.map(\.path.description)
      throw ComposeError(
        .noInput, "link '\(path.sanitizedForDisplay)'", "the policy has no such link",
        remedy: names.isEmpty
          ? "No link of the policy has a moment of its own: leave --link out"
          : "Name one of: \(names.joined(separator: ", "))")
    }
    guard link.moves, link.rule != .leading else {
      throw ComposeError(
        .refused, "the link \(link.path)",
        link.moves
          ? "it moves with the leading release" : "it is constant, and leads through \(link.mover)",
        remedy: link.moves
          ? "Leave --link out"
          : "Name \(link.mover), or leave --link out where that moves with others")
    }
    return link
  }

  /// Throws `refused` where a link with a moment of its own leads to `record`.
  func requireUnlinked(_ record: ReleaseRecord) throws {
    let linked = try linkedReleases()
    guard let link = policy.ownLinks.first(where: { linked.release(of: $0) == record.id }) else {
      return
    }
    throw record.refusal(
      "the link \(link.path) leads to it",
      "Move that first: "
        + commands.commandLine("promote RELEASE --link \(link.path)") + " or "
        + commands.commandLine("rollback \(record.id.major) --link \(link.path)"))
  }
}
