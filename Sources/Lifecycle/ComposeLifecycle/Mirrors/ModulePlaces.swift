import ComposePolicy
import ComposeStream
import ComposeTrees
import DurableFiles
import MirrorDocuments
import ReleaseModel

/// Where what belongs to a stream lies in an rsync module.
struct ModulePlaces {
  /// Links of the policy, below the module.
  let links: [RelativePath]
  /// The statement of what is current, its signature, and the text that says that the stream has
  /// ended, below the module.
  let statement: [RelativePath]
  private let policy: Policy
  /// The public and the archive root below the module, as far as they are in it; nil for the
  /// module's own directory.
  private let roots: [RelativePath?]
  private let patterns: [[String]]
  /// Directories above trees, links and the feed.
  private let above: Set<String>

  init(of module: MirrorPolicy.Module, _ policy: Policy) {
    func below(_ root: String) -> RelativePath?? {
      guard module.holds(root) else { return nil }
      return .some(RelativePath(String(root.dropFirst(module.path.count + 1))))
    }
    self.policy = policy
    let publicRoot = below(policy.roots.public)
    roots = [publicRoot, below(policy.roots.archive)].compactMap { $0 }
    links =
      publicRoot.map { root in
        policy.links.map { root?.appending($0.path) ?? $0.path }
      } ?? []
    let name = CurrentStatement.name(of: policy.stream)
    let names = [
      name, CurrentStatement.signatureName(of: name),
      StreamContext.endNoticeName(of: policy.stream),
    ].compactMap { RelativePath($0) }
    statement = publicRoot.map { root in names.map { root?.appending($0) ?? $0 } } ?? []
    patterns = policy.areas.values.map {
      $0.path.description.split(separator: "/").map(String.init)
    }
    var above: Set<String> = []
    let fixed = patterns.compactMap { pattern in
      RelativePath(pattern.prefix { !$0.contains("{") }.joined(separator: "/"))
    }
    for root in roots {
      if let root { Self.add(root, to: &above) }
      for path in fixed { Self.add(root?.appending(path) ?? path, to: &above) }
    }
    for path in links { path.parent.map { Self.add($0, to: &above) } }
    self.above = above
  }

  /// Adds a directory, and those above it.
  private static func add(_ path: RelativePath, to above: inout Set<String>) {
    var next: RelativePath? = path
    while let path = next {
      above.insert(path.description)
      next = path.parent
    }
  }

  /// Trees of the stream that are in the module now, and directories above them.
  func found(in module: Directory) throws -> (trees: [RelativePath], above: [RelativePath]) {
    var trees: [RelativePath] = []
    var above = Set(self.above)
    for root in roots {
      guard let directory = try root.map({ try module.openIfPresent($0) }) ?? module else {
        continue
      }
      for pattern in patterns {
        for path in try directory.directories(like: pattern[...], below: nil, isRelease) {
          let path = root?.appending(path) ?? path
          trees.append(path)
          path.parent.map { Self.add($0, to: &above) }
        }
      }
    }
    return (trees, above.compactMap { RelativePath($0) })
  }

  private func isRelease(_ name: String) -> Bool {
    (try? ReleaseID(name)).map { (try? policy.check($0)) != nil } ?? false
  }

  /// Whether a path of the list is one of the stream's trees or links or of the feed, or below
  /// one: what a scan of these finds anew, or does not find any more.
  func isOurs(_ path: Substring) -> Bool {
    let feed = FeedNames.directory
    if path == feed || path.hasPrefix("\(feed)/") { return true }
    if (links + statement).contains(where: { path == $0.description }) { return true }
    return roots.contains { root in
      var rest = path
      if let root {
        guard path.hasPrefix("\(root)/") else { return false }
        rest = path.dropFirst(root.description.count + 1)
      }
      let components = rest.split(separator: "/")
      return patterns.contains { pattern in
        components.count >= pattern.count
          && zip(pattern, components).allSatisfy { part, name in
            Directory.matches(String(name), in: part, where: isRelease)
          }
      }
    }
  }
}
