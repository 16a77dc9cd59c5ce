package import ReleaseModel
import Yams

extension Policy {
  /// `links`: one symbolic link below the public root that clients'
  /// configuration names.
  package struct LinkPolicy: Hashable, Sendable, PolicySection {
    /// Below the public root.
    package let path: RelativePath
    /// Relative to the link's own directory.
    package let target: PathTemplate
    /// The area whose tree it leads to in the end.
    package let area: Area

    /// Whether `promote` moves it.
    package var moves: Bool { target.placeholders.contains("release") }

    static let keys: [PolicyKeys.Key] = [
      .init("links", "symbolic links below the public root"),
      .init(
        "links.*",
        "relative target of the link; one with `{release}` moves at `promote`, others stay"),
    ]
  }
}

extension Policy.LinkPolicy {
  static func node(_ links: [Self]) -> Node {
    .map(links.map { ($0.path.description, $0.target.description) })
  }
}

/// Decides whether the links of a policy are safe: relative, below the public
/// root, and leading to complete trees.
struct LinkChecker {
  let areas: [Area: Policy.AreaPolicy]
  /// Some release, to follow templates with.
  let sample: ReleaseID

  func links(_ node: PolicyNode) throws -> [Policy.LinkPolicy] {
    var parsed: [RelativePath: (target: PathTemplate, node: PolicyNode)] = [:]
    for (key, value) in try node.members() {
      guard let path = RelativePath(key) else {
        throw value.problem(
          "the link '\(key)' could lead out of the public root",
          remedy: "Write a relative path without '..'")
      }
      let target = try Policy.template(value, allowing: Policy.releasePlaceholders)
      guard !target.description.hasPrefix("/") else {
        throw value.problem(
          "the link '\(key)' has the absolute target '\(target)', which dangles on mirrors",
          remedy: "Write a target relative to the link's directory")
      }
      for (area, policy) in areas where path.isWithin(try treePath(policy)) {
        throw value.problem(
          "the link '\(key)' would lie inside a tree of \(area.rawValue)",
          remedy: "Put it beside the trees")
      }
      parsed[path] = (target, value)
    }
    // Sorted, so that the same mistake is always reported at the same line.
    let links = try parsed.sorted { $0.key < $1.key }.map { path, link in
      let area = try follow(path, through: parsed, reporting: link.node)
      return Policy.LinkPolicy(path: path, target: link.target, area: area)
    }
    guard links.contains(where: \.moves) else {
      throw node.problem(
        "no link has '{release}' in its target", remedy: "Add the link that users follow")
    }
    return links
  }

  private func treePath(_ policy: Policy.AreaPolicy) throws -> RelativePath {
    try RelativePath(policy.path.filled(release: sample)).orThrow(policy.path.description)
  }

  /// Follows `start` through other links to a tree; says which area it is in.
  private func follow(
    _ start: RelativePath,
    through links: [RelativePath: (target: PathTemplate, node: PolicyNode)],
    reporting node: PolicyNode
  ) throws -> Area {
    var seen: Set<RelativePath> = []
    var path = start
    while let link = links[path] {
      guard seen.insert(path).inserted else {
        throw node.problem("the link '\(start)' leads back to itself", remedy: "Break the circle")
      }
      let target = link.target.filled(release: sample)
      guard let next = Self.resolve(target, from: path) else {
        throw node.problem(
          "the link '\(path)' leads out of the public root by '\(link.target)'",
          remedy: "Use fewer '..'")
      }
      path = next
    }
    for (area, policy) in areas where try treePath(policy) == path {
      guard area == .releases || policy.begins == .release else {
        throw node.problem(
          "the link '\(start)' leads to updates, which begin empty: not a complete repository",
          remedy: "Set areas.updates.begins to release, or link to releases")
      }
      return area
    }
    throw node.problem(
      "the link '\(start)' leads to '\(path)', which is not a tree of this policy",
      remedy: "Make its target lead to a path of 'areas'")
  }

  /// Where `target` leads from the directory of `link`; nil above the root.
  private static func resolve(_ target: String, from link: RelativePath) -> RelativePath? {
    var components = Array(link.components.dropLast())
    for part in target.split(separator: "/", omittingEmptySubsequences: false) {
      switch part {
      case "..":
        guard components.popLast() != nil else { return nil }
      case "", ".": return nil
      default: components.append(String(part))
      }
    }
    return RelativePath(components.joined(separator: "/"))
  }
}

extension Optional {
  /// The value, or `badData` that says `text` is no path.
  fileprivate func orThrow(_ text: String) throws -> Wrapped {
    guard let self else {
      throw ComposeError(
        .badData, "'\(text)'", "it is not a path below a root", remedy: "Correct the policy")
    }
    return self
  }
}
