import ComposePolicy
package import ReleaseModel

/// The complete description of one push into the current updates tree.
package struct PushPlan: Codable, Sendable {
  package let stream: String
  package let release: ReleaseID
  /// 1 for the first push after the cut.
  package let serial: Int
  package let kind: PushKind
  /// What a person said of a withdrawal or an undo; null for an update.
  @OrNull package var reason: String?
  /// Serial of the push that it takes back.
  @OrNull package var undoes: Int?
  package let buildSystem: String
  package let allowUnsigned: Bool
  package let updated: [UpdateEntry]
  package let added: [BuildEntry]
  /// Builds whose noarch RPMs some architectures do not get; left out where
  /// there are none.
  package var limited: [LimitedEntry]?
  /// Packages whose pushed build carries a marker: they leave with the next
  /// release.
  package let retiring: [RetiredEntry]
  /// Packages that users get again, or keep, though a marker had retired them.
  package let returning: [ReturningEntry]
  /// Builds that are not listed any more; their files stay for the grace time.
  package let unlisted: [UnlistedEntry]
  /// Builds in the tree that are listed again.
  package let relisted: [BuildEntry]
  /// Builds that are new, but were left out of this push.
  package let skipped: [SkippedEntry]
  /// NVRs of builds that users have, and that were held: they may stay.
  package let lifted: [NVR]
  /// Builds that users have, and that are not live any more.
  package let left: [BuildEntry]
  /// That users have not got yet.
  package let advisories: [AdvisoryEntry]
  /// What else changes, sentences.
  package let changes: [String]
  package let refusals: [Finding]
  package let warnings: [Finding]
  package internal(set) var steps: [String]
  /// Builds that are pushed, complete.
  package let builds: [Build]
  /// `<revision>` of the tree's repositories after the push.
  package let revision: Int

  /// Whether users would notice nothing.
  package var isEmpty: Bool {
    builds.isEmpty && unlisted.isEmpty && relisted.isEmpty && lifted.isEmpty
      && advisories.isEmpty && changes.isEmpty
  }
}

/// A build that leaves the lists of a tree.
package struct UnlistedEntry: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: NVR
  package let cause: UnlistingCause

  init(_ version: UpdatesState.Version, _ cause: UnlistingCause) {
    package = version.nvr.name
    nvr = version.nvr
    self.cause = cause
  }
}
