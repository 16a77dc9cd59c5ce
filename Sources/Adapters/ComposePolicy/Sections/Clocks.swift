import Yams

extension Policy {
  /// `clocks`: waiting times that `promote` and `archive` enforce.
  package struct Clocks: Hashable, Sendable, PolicySection {
    /// From `publish` to `promote`, so that mirrors can fetch the trees.
    package let soak: WaitingTime
    /// From `archive` to the removal of the original, and how long files that
    /// are no longer listed stay for clients with old metadata.
    package let grace: WaitingTime

    static let keys: [PolicyKeys.Key] = [
      .init("clocks", "waiting times, such as `3 days` or `12 hours`", or: "3 days and 14 days"),
      .init(
        "clocks.soak", "from `publish` to `promote`, for mirrors to fetch the trees", or: "3 days"),
      .init(
        "clocks.grace",
        "from `archive` to the removal of the original, and for files that clients may still ask for",
        or: "14 days"),
    ]
  }
}

extension Policy.Clocks {
  /// Decodes `clocks`.
  init(_ node: PolicyNode?) throws {
    soak = try Policy.wait(node?.optional("soak")) ?? WaitingTime(seconds: 3 * 86_400)
    grace = try Policy.wait(node?.optional("grace")) ?? WaitingTime(seconds: 14 * 86_400)
  }

  var node: Node { .map([("soak", soak.description), ("grace", grace.description)]) }
}
