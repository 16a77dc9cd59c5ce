import ReleaseModel
import Yams

extension Policy {
  /// `areas`: one of the trees that a release may have.
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
    /// Always `release` for the area `releases`, and `empty` for `testing`.
    package let begins: Beginning
    /// Which older versions stay when a push brings newer ones.
    package let keeps: Retention

    static let keys: [PolicyKeys.Key] = [
      .init(
        "areas",
        "the trees of a release: `updates`, and `releases` and `testing` where the stream has them"),
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
      .init(
        "areas.testing", "the tree of builds that wait to become stable", or: "no such tree"),
      .init("areas.testing.path", "path below each root; must contain `{release}`"),
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
        begins: try beginning(of: area, value),
        keeps: try area == .updates ? retention(value.optional("keeps")) : .all)
    }
    guard areas[.updates] != nil else {
      throw node.problem(
        "'areas.updates' is missing", remedy: "Add it: every stream has a tree that is pushed to")
    }
    try requireApart(areas, node)
    return areas
  }

  private static func beginning(of area: Area, _ node: PolicyNode) throws -> Beginning {
    switch area {
    case .releases: .release
    case .updates: try node.optional("begins")?.word(Beginning.self) ?? .release
    case .testing: .empty
    }
  }

  /// Throws where a tree of one area would be that of another, or lie in it.
  private static func requireApart(_ areas: [Area: Self], _ node: PolicyNode) throws {
    let paths = areas.sorted { $0.key < $1.key }.map(\.value.path)
    for (index, path) in paths.enumerated() {
      for other in paths.dropFirst(index + 1) {
        guard let first = RelativePath(path.description),
          let second = RelativePath(other.description),
          first.isWithin(second) || second.isWithin(first)
        else { continue }
        throw node.problem(
          first == second
            ? "both areas have the path '\(path)'"
            : "the paths '\(path)' and '\(other)' lie within each other",
          remedy: "Give each its own")
      }
    }
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
    if let testing = areas[.testing] {
      pairs.append(pair("testing", .map([("path", testing.path.description)])))
    }
    return Node(pairs)
  }
}
