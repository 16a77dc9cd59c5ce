package import ReleaseModel

/// The complete description of one change of a testing tree: it becomes what its tag has.
package struct TestingPlan: Codable, Sendable {
  package let stream: String
  package let release: ReleaseID
  package let buildSystem: String
  package let allowUnsigned: Bool
  /// Whether the release has no testing tree yet: it gets one first.
  package let begins: Bool
  /// Builds that come into testing.
  package let entering: [BuildEntry]
  /// Builds that leave it; their files stay for the grace time.
  package let leaving: [LeavingEntry]
  /// Packages whose build carries a marker: once it is stable, they leave with the next release.
  package let retiring: [RetiredEntry]
  /// Builds of the tag that were left out.
  package let skipped: [SkippedEntry]
  /// That testers are told of.
  package let advisories: [AdvisoryEntry]
  /// What else changes, sentences.
  package let changes: [String]
  package let refusals: [Finding]
  package let warnings: [Finding]
  package internal(set) var steps: [String]
  /// Builds that come, complete.
  package let builds: [Build]
  /// `<revision>` of the tree's repositories afterwards.
  package let revision: Int

  /// Whether testers would notice nothing.
  package var isEmpty: Bool { !begins && !changesLists }

  /// Whether the tree lists something else afterwards.
  package var changesLists: Bool {
    !builds.isEmpty || !leaving.isEmpty || !changes.isEmpty
  }
}

/// A build that leaves testing.
package struct LeavingEntry: Hashable, Codable, Sendable {
  /// Why.
  package enum Cause: String, Codable, Sendable {
    /// Users get it.
    case stable
    /// A person took it out.
    case held
    /// Users get a newer one.
    case overtaken
    /// A newer one takes its place in testing.
    case replaced
    /// It left the tag.
    case untagged
  }

  package let package: String
  package let nvr: NVR
  package let cause: Cause

  init(_ build: Build, _ cause: Cause) {
    package = build.package
    nvr = build.nvr
    self.cause = cause
  }
}
