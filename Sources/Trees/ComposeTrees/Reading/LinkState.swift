package import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseModel

/// The policy's links as they are on disk, compared with what they should be.
package struct LinkState: Sendable {
  /// Target of each link by its path; nil where nothing is there.
  package let targets: [RelativePath: String?]
  private let policy: Policy
  private let root: String

  /// Reads the links below the public root; all are missing where there is
  /// no such root. Throws `cannotCreate` where something else is in a link's
  /// place.
  package init(policy: Policy, locations: Locations) throws {
    self.policy = policy
    self.root = locations.public
    guard let root = try Directory.openIfPresent(root: locations.public) else {
      targets = Dictionary(policy.links.map { ($0.path, nil) }) { first, _ in first }
      return
    }
    var targets: [RelativePath: String?] = [:]
    for link in policy.links {
      if let status = try root.status(of: link.path), status.kind != .link {
        throw ComposeError(
          .cannotCreate, "\(locations.public)/\(link.path)", "it is not a symbolic link",
          remedy: "Move it away: a real directory is never turned into a link")
      }
      targets[link.path] = .some(try root.linkTarget(of: link.path))
    }
    self.targets = targets
  }

  /// What each link should say while links lead where `releases` has it; nil: nothing yet.
  package static func expected(
    _ policy: Policy, _ releases: LinkedReleases
  ) -> [RelativePath: String?] {
    var expected: [RelativePath: String?] = [:]
    for link in policy.links {
      expected[link.path] = .some(
        releases.release(of: link).map { link.target.filled(release: $0) })
    }
    return expected
  }

  /// Links that are not what they should be while `release` is current: of those that move with
  /// it.
  package func deviations(current release: ReleaseID?) -> [Finding] {
    deviations(
      of: policy.links(movingWith: nil), from: LinkedReleases(leading: release))
  }

  /// Links that are not what they should be while they lead where `releases` has it.
  package func deviations(from releases: LinkedReleases) -> [Finding] {
    deviations(of: policy.links, from: releases)
  }

  /// A constant link may be there before the first promotion: it dangles,
  /// and comes alive with the moving one. A link that has got a rule of its own since it last
  /// moved still leads where it led with the others.
  private func deviations(
    of links: [Policy.LinkPolicy], from releases: LinkedReleases
  ) -> [Finding] {
    let expected = Self.expected(policy, releases)
    return links.compactMap { link in
      let found = targets[link.path] ?? nil
      let wanted = expected[link.path] ?? nil
      if found == wanted { return nil }
      if wanted == nil, !link.moves, found == link.target.description { return nil }
      if wanted == nil, link.rule != .leading, let leading = releases.leading,
        found == link.target.filled(release: leading)
      {
        return nil
      }
      return Finding(
        code: "link-changed",
        message: "the link \(root)/\(link.path) "
          + (found.map { "points to '\($0.sanitizedForDisplay)'" } ?? "is missing")
          + ", not " + (wanted.map { "to '\($0)'" } ?? "absent as the ledger has it"),
        remedy: wanted.map {
          "Find out who changed it, and put it back: ln -sfn \($0) \(root)/\(link.path)"
        } ?? "Find out who made it, and remove it")
    }
  }

  /// Throws `refused` unless every link is what it should be: a link that
  /// someone else changed is left alone, and nothing is guessed about it.
  package func requireUntouched(_ releases: LinkedReleases) throws {
    let deviations = deviations(from: releases)
    guard let first = deviations.first else { return }
    throw ComposeError(
      .refused, policy.stream, first.message, remedy: first.remedy, findings: deviations)
  }
}
