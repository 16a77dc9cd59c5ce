import Yams

extension Policy {
  /// `clocks`: waiting times that `promote` and `archive` enforce.
  package struct Clocks: Hashable, Sendable, PolicySection {
    /// From `publish` to `promote`, so that mirrors can fetch the trees.
    package let soak: WaitingTime
    /// The same for what is pushed into a release that soaks; nil for the default.
    private let push: WaitingTime?
    /// From `archive` to the removal of the original, and how long files that
    /// are no longer listed stay for clients with old metadata.
    package let grace: WaitingTime
    /// From `end` to the removal of originals and links; nil for the default.
    private let end: WaitingTime?

    static let keys: [PolicyKeys.Key] = [
      .init("clocks", "waiting times, such as `3 days` or `12 hours`", or: "3 days and 14 days"),
      .init(
        "clocks.soak", "from `publish` to `promote`, for mirrors to fetch the trees", or: "3 days"),
      .init(
        "clocks.pushSoak", "the same from a push into a release that soaks", or: "1 day"),
      .init(
        "clocks.grace",
        "from `archive` to the removal of the original, and for files that clients may still ask for",
        or: "14 days"),
      .init(
        "clocks.endGrace",
        "from `end` to the removal of originals and links: how long it can be undone",
        or: "as `clocks.grace`"),
    ]

    /// From `end` to the removal of originals and links: so long it can be undone, and old
    /// repository files work.
    package var endGrace: WaitingTime { end ?? grace }

    /// From a push into a release that soaks to `promote`, so that mirrors can fetch what it
    /// brought. The rest soaks on.
    package var pushSoak: WaitingTime { push ?? WaitingTime(seconds: 86_400) }
  }
}

extension Policy.Clocks {
  /// Decodes `clocks`.
  init(_ node: PolicyNode?) throws {
    soak = try Policy.wait(node?.optional("soak")) ?? WaitingTime(seconds: 3 * 86_400)
    push = try Policy.wait(node?.optional("pushSoak"))
    grace = try Policy.wait(node?.optional("grace")) ?? WaitingTime(seconds: 14 * 86_400)
    end = try Policy.wait(node?.optional("endGrace"))
  }

  /// Without keys that are left out: saved plans of policies without it go on.
  var node: Node {
    .map(
      [("soak", soak.description)] + (push.map { [("pushSoak", $0.description)] } ?? [])
        + [("grace", grace.description)] + (end.map { [("endGrace", $0.description)] } ?? []))
  }
}
