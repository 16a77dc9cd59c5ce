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
    /// When it moves; of a constant link, when the one does that it leads through.
    package let rule: LinkRule
    /// The link whose move changes where it leads: itself, or the one that it leads through.
    package let mover: RelativePath

    /// Whether its own target changes from release to release.
    package var moves: Bool { target.placeholders.contains("release") }

    static let keys: [PolicyKeys.Key] = [
      .init("links", "symbolic links below the public root"),
      .init(
        "links.*",
        "relative target of the link; one with `{release}` moves at `promote`, others stay; or a "
          + "mapping with `target` and `leads`"),
      .init("links.*.target", "the target"),
      .init(
        "links.*.leads",
        "where it leads, and so when it moves: to the `leading` release, to the newest `released` "
          + "one or the newest `maintained` one", or: "leading"),
    ]
  }

  /// `links.*.leads`: to which release a link leads, and so when its moment comes.
  package enum LinkRule: String, CaseIterable, Hashable, Sendable {
    /// The newest that was promoted: `promote RELEASE` moves it.
    case leading
    /// The newest whose minor release of Enterprise Linux has come, by the calendar.
    case released
    /// The newest that is maintained beside the leading one.
    case maintained
  }
}

extension Policy.LinkPolicy {
  static func node(_ links: [Self]) -> Node {
    Node(
      links.map { link in
        let target = Node(link.target.description)
        return pair(
          link.path.description,
          link.moves && link.rule != .leading
            ? Node([pair("target", target), pair("leads", Node(link.rule.rawValue))]) : target)
      })
  }
}

/// Decides whether the links of a policy are safe: relative, below the public
/// root, and leading to complete trees, or to what testers use beside one.
struct LinkChecker {
  let areas: [Area: Policy.AreaPolicy]
  /// Some release, to follow templates with.
  let sample: ReleaseID

  func links(_ node: PolicyNode) throws -> [Policy.LinkPolicy] {
    var parsed: [RelativePath: ParsedLink] = [:]
    for (key, value) in try node.members() {
      guard let path = RelativePath(key) else {
        throw value.problem(
          "the link '\(key)' could lead out of the public root",
          remedy: "Write a relative path without '..'")
      }
      let isMapping = value.node.mapping != nil
      let target = try Policy.template(
        isMapping ? value.required("target") : value, allowing: Policy.releasePlaceholders)
      let leads = isMapping ? try value.optional("leads") : nil
      let rule = try leads?.word(Policy.LinkRule.self) ?? .leading
      if let leads, !target.placeholders.contains("release") {
        throw leads.problem(
          "the link '\(key)' has no '{release}' in its target: it leads where the link leads that it "
            + "goes through", remedy: "Write 'leads' at that link")
      }
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
      parsed[path] = ParsedLink(target: target, rule: rule, node: value)
    }
    // Sorted, so that the same mistake is always reported at the same line.
    let links = try parsed.sorted { $0.key < $1.key }.map { path, link in
      let (area, mover) = try follow(path, through: parsed, reporting: link.node)
      return Policy.LinkPolicy(
        path: path, target: link.target, area: area, rule: parsed[mover]?.rule ?? .leading,
        mover: mover)
    }
    guard links.contains(where: \.moves) else {
      throw node.problem(
        "no link has '{release}' in its target", remedy: "Add the link that users follow")
    }
    guard links.contains(where: { $0.moves && $0.rule == .leading && $0.area.isStable }) else {
      throw node.problem(
        "no link leads to the leading release",
        remedy: "Leave 'leads' out of the link that users follow to the newest release")
    }
    return links
  }

  private func treePath(_ policy: Policy.AreaPolicy) throws -> RelativePath {
    try RelativePath(policy.path.filled(release: sample)).orThrow(policy.path.description)
  }

  private struct ParsedLink {
    let target: PathTemplate
    let rule: Policy.LinkRule
    let node: PolicyNode
  }

  /// Follows `start` through other links to a tree; says which area it is in, and which link
  /// on the way moves.
  private func follow(
    _ start: RelativePath, through links: [RelativePath: ParsedLink], reporting node: PolicyNode
  ) throws -> (area: Area, mover: RelativePath) {
    var seen: Set<RelativePath> = []
    var path = start
    var mover = start
    while let link = links[path] {
      if link.target.placeholders.contains("release") { mover = path }
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
      guard area != .updates || policy.begins == .release else {
        throw node.problem(
          "the link '\(start)' leads to updates, which begin empty: not a complete repository",
          remedy: "Set areas.updates.begins to release, or link to releases")
      }
      return (area, mover)
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
