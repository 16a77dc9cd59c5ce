/// Where a new minor release is branched from: the release before, whose live builds it takes, and
/// what the build system has for either of them.
package struct Branching: Hashable, Codable, Sendable {
  /// The leading release before the new one.
  package let former: ReleaseID
  /// Tags of both minor releases, the former's first; empty where no hub was asked.
  package let tags: [BranchTag]
  /// What builds into any of these tags; empty likewise.
  package let targets: [BuildTarget]

  /// - Parameters:
  ///   - tags: those of the former release first.
  ///   - targets: in the order of the tags that they build into.
  package init(former: ReleaseID, tags: [BranchTag] = [], targets: [BuildTarget] = []) {
    self.former = former
    self.tags = tags
    self.targets = targets
  }
}

/// A tag of the build system that a minor release has for itself.
package struct BranchTag: Hashable, Codable, Sendable {
  /// What a tag is for, by the policy.
  package enum Role: String, Codable, Sendable {
    /// What is in it, users get with the next push.
    case live
    /// What is in it waits to become live.
    case pending
  }

  /// The release whose minor release it is of.
  package let release: ReleaseID
  /// What it is for.
  package let role: Role
  /// As the policy names it.
  package let tag: String
  /// How many packages have a build in it; null where the build system has no such tag.
  @OrNull package var packages: Int?

  /// - Parameter packages: nil where there is no such tag.
  package init(release: ReleaseID, role: Role, tag: String, packages: Int?) {
    self.release = release
    self.role = role
    self.tag = tag
    self.packages = packages
  }
}

/// What packagers name when they build: where the build root comes from, and where the result goes.
package struct BuildTarget: Hashable, Codable, Sendable {
  /// As packagers name it.
  package let name: String
  /// The tag that build roots are made of.
  package let buildTag: String
  /// The tag that builds land in.
  package let destinationTag: String

  /// A target as the build system names it.
  package init(name: String, buildTag: String, destinationTag: String) {
    self.name = name
    self.buildTag = buildTag
    self.destinationTag = destinationTag
  }
}
