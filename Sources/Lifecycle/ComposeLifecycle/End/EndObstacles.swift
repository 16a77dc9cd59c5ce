package import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// What still depends on a stream, or on one of its releases, so that it cannot end.
package struct EndObstacles {
  private let stream: StreamContext
  /// The release whose trees would go to the archive.
  private let release: ReleaseRecord
  private let isWholeStream: Bool
  private let others: [Policy]

  /// - Parameters:
  ///   - release: the current one for the whole stream, else the one that ends.
  ///   - others: policies of other streams.
  package init(
    toEnd release: ReleaseRecord, isWholeStream: Bool, others: [Policy], in stream: StreamContext
  ) {
    self.stream = stream
    self.release = release
    self.isWholeStream = isWholeStream
    self.others = others
  }

  /// All of it, in the order in which it should be dealt with.
  package func findings() throws -> [Finding] {
    try (isWholeStream ? otherReleases() : ownLinks()) + held() + owed() + bases()
      + foreignLinks()
  }

  private func command(_ words: String) -> String { stream.commands.commandLine(words) }

  /// Releases that are under way, or that users can still get beside the last one.
  private func otherReleases() throws -> [Finding] {
    let standings = try stream.standings()
    return try stream.ledger.releases().filter { $0.id != release.id }.compactMap { record in
      switch record.state {
      case .composing, .staged, .published:
        Finding(
          code: "release-underway",
          message: "\(record.id) is \(record.state.rawValue), and would never be released",
          remedy: "Promote it first, or drop it: " + command("abandon \(record.id)"))
      case .superseded where standings[record.id] == .maintained:
        Finding(
          code: "still-maintained", message: "\(record.id) is maintained, and gets pushes",
          remedy: "End it first: " + command("end \(record.id)"))
      case .superseded:
        Finding(
          code: "not-archived",
          message: "\(record.id) is superseded, and not in the archive",
          remedy: "Archive it first: " + command("archive \(record.id)"))
      case .current, .archived, .abandoned: nil
      }
    }
  }

  private func ownLinks() throws -> [Finding] {
    try stream.links(to: release.id).map { link in
      Finding(
        code: "linked", message: "the link \(link.path) leads to \(release.id)",
        remedy: "Move it first: " + command("promote RELEASE --link \(link.path)"))
    }
  }

  /// Builds that people took out, and that no push would take out any more.
  private func held() throws -> [Finding] {
    try stream.heldBuilds(of: release).map { hold in
      Finding(
        code: "held-listed", message: "\(release.id) lists \(hold.nvr), which a person took out",
        remedy: "Take it out there: "
          + command("update \(isWholeStream ? String(stream.policy.major) : "\(release.id)")"))
    }
  }

  private func owed() throws -> [Finding] {
    let owed = try stream.owedModules().map(\.module.description)
    guard !owed.isEmpty else { return [] }
    return [
      Finding(
        code: "lists-owed",
        message: "mirrors do not know yet what was done before: \(owed.joined(separator: ", "))",
        remedy: "Tell them first: " + command("mirrors lists \(stream.policy.major)"))
    ]
  }

  /// Other streams whose users have repositories of this one as their base.
  private func bases() throws -> [Finding] {
    let paths = release.trees.map(\.name.path) + (isWholeStream ? stream.policy.linkPaths : [])
    return others.flatMap { other in
      other.gate.base.filter { base in
        paths.contains { stream.policy.isBase(base, of: other, at: $0) }
      }.map { base in
        Finding(
          code: "base-of",
          message: "\(other.stream) has it as its base '\(base.id)': \(base.location)",
          remedy: "Correct 'base' of \(other.stream), or end that first")
      }
    }
  }

  /// Links that others made beside those of the policy, and that would dangle.
  private func foreignLinks() throws -> [Finding] {
    guard let root = try Directory.openIfPresent(root: stream.locations.public) else { return [] }
    let known = Set(stream.policy.linkPaths)
    let targets = Set(
      release.trees.map(\.name.path) + (isWholeStream ? stream.policy.linkPaths : []))
    let parents = Set(
      (release.trees.map(\.name.path) + stream.policy.linkPaths).map(\.parent) + [nil])
    return try parents.flatMap { parent -> [Finding] in
      guard let directory = try parent.map({ try root.openIfPresent($0) }) ?? root else {
        return []
      }
      return try directory.names(skippingOdd: true).compactMap { name in
        guard let own = RelativePath(name) else { return nil }
        let path = parent?.appending(own) ?? own
        guard !known.contains(path), let target = try directory.linkTarget(of: own),
          let place = Self.resolve(target, from: path), targets.contains(where: place.isWithin)
        else { return nil }
        return Finding(
          code: "foreign-link",
          message: "the link \(stream.locations.public)/\(path) leads to it, and is none of the "
            + "policy",
          remedy: "Remove it, or let it lead elsewhere")
      }
    }.sorted { $0.message < $1.message }
  }

  /// Where a relative target leads from a link; nil above the root, and for an absolute one.
  private static func resolve(_ target: String, from link: RelativePath) -> RelativePath? {
    var components = Array(link.components.dropLast())
    for part in target.split(separator: "/") {
      if part == ".." {
        guard components.popLast() != nil else { return nil }
      } else if part != "." {
        components.append(String(part))
      }
    }
    return target.hasPrefix("/") ? nil : RelativePath(components.joined(separator: "/"))
  }
}

extension EndObstacles {
  /// Throws `refused` with all of it.
  ///
  /// - Parameter thing: what is refused, such as `end 7`.
  package func requireNone(_ thing: String) throws { try findings().requireNone(thing) }
}
