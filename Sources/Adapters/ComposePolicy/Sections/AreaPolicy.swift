import ReleaseModel
import Yams

extension Policy {
  /// `areas`: one of the two trees that a release may have.
  package struct AreaPolicy: Hashable, Sendable, PolicySection {
    /// What the tree has right after the cut.
    package enum Beginning: String, CaseIterable, Sendable {
      /// Hard links of the whole release, so that it is complete by itself.
      case release
      /// Nothing: only pushes bring RPMs.
      case empty
    }

    /// Path of the tree below each root; has `{release}`.
    package let path: PathTemplate
    /// Always `release` for the area `releases`.
    package let begins: Beginning
    /// Which older versions stay when a push brings newer ones.
    package let keeps: Retention

    static let keys: [PolicyKeys.Key] = [
      .init("areas", "the trees of a release: `updates`, and `releases` where the stream has it"),
      .init("areas.releases", "the tree that is frozen the day it is cut", or: "no such tree"),
      .init("areas.releases.path", "path below each root; must contain `{release}`"),
      .init("areas.updates", "the tree that pushes go into"),
      .init("areas.updates.path", "path below each root; must contain `{release}`"),
      .init(
        "areas.updates.begins",
        "`release` (hard links of the whole release: complete) or `empty` (pushes alone)",
        or: "release"),
      .init(
        "areas.updates.keeps",
        "which older versions stay for `dnf downgrade`: `all` since the release, the newest "
          + "`3 versions` of each package, or those that were the newest within `90 days`",
        or: "all"),
    ]
  }
}

extension Policy.AreaPolicy {
  /// Decodes `areas`.
  static func areas(_ node: PolicyNode) throws -> [Area: Self] {
    var areas: [Area: Self] = [:]
    for area in Area.allCases {
      guard let value = try node.optional(area.rawValue) else { continue }
      areas[area] = Self(
        path: try Policy.path(
          value.required("path"), needing: "release", allowing: Policy.releasePlaceholders),
        begins: try area == .updates
          ? value.optional("begins")?.word(Beginning.self) ?? .release : .release,
        keeps: try area == .updates ? retention(value.optional("keeps")) : .all)
    }
    guard areas[.updates] != nil else {
      throw node.problem(
        "'areas.updates' is missing", remedy: "Add it: every stream has a tree that is pushed to")
    }
    if let releases = areas[.releases]?.path, let updates = areas[.updates]?.path,
      let first = RelativePath(releases.description),
      let second = RelativePath(updates.description),
      first.isWithin(second) || second.isWithin(first)
    {
      throw node.problem(
        first == second
          ? "both areas have the path '\(releases)'"
          : "the paths '\(releases)' and '\(updates)' lie within each other",
        remedy: "Give each its own")
    }
    return areas
  }

  private static func retention(_ node: PolicyNode?) throws -> Retention {
    guard let node else { return .all }
    guard let retention = Retention(try node.text()) else {
      throw node.problem(
        "'\(try node.text())' does not say which versions stay",
        remedy: "Write 'all', '3 versions' or '90 days'")
    }
    return retention
  }

  static func node(_ areas: [Area: Self]) -> Node {
    var pairs: [(Node, Node)] = []
    if let releases = areas[.releases] {
      pairs.append(pair("releases", .map([("path", releases.path.description)])))
    }
    if let updates = areas[.updates] {
      pairs.append(
        pair(
          "updates",
          .map([
            ("path", updates.path.description), ("begins", updates.begins.rawValue),
            ("keeps", updates.keeps.description),
          ])))
    }
    return Node(pairs)
  }
}
