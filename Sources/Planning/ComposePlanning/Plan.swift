package import ReleaseModel

/// The complete, serialisable description of what `compose` will do.
///
/// Applying a plan needs nothing but the plan and the files it names; the
/// digest says whether two plans would make the same release.
package struct Plan: Codable, Sendable {
  /// Version of the file's form.
  package var format = 2
  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// The release that will be made.
  package let release: ReleaseID
  /// The release that is current now.
  @OrNull package var previous: ReleaseID?
  /// How often this release was composed before.
  package let respin: Int
  /// What the build system is called, for people.
  package let buildSystem: String
  /// The moment of the build system that the plan shows; null where it has no
  /// history.
  @OrNull package var event: BuildSystemEvent?
  /// Where the release is branched from; left out where its builds are from its own live tag.
  package var branching: Branching?
  /// The tag that freezes the release in the build system.
  package let composeTag: String
  /// `<revision>` and every data timestamp of the new repositories.
  package let revision: Int
  /// Day of the newest build, `YYYY-MM-DD`: the date of the compose.
  package let date: String
  /// Whether RPMs without a trusted signature are let in.
  package let allowUnsigned: Bool
  /// Groups, modules and advisories that the release will have; left out where
  /// there are none.
  package var documents: [PlannedDocument]?
  /// Builds that stay as they are.
  package let carried: [BuildEntry]
  /// Packages that get another build.
  package let updated: [UpdateEntry]
  /// Packages that the release before does not have.
  package let added: [BuildEntry]
  /// Packages that leave because of a marker.
  package let retired: [RetiredEntry]
  /// Builds whose noarch RPMs some architectures do not get; left out where
  /// there are none.
  package var limited: [LimitedEntry]?
  /// Packages that the hub hides from the compose.
  package let blocked: [BlockedEntry]
  /// Packages that were blocked when the current release was composed, and are not
  /// any more; left out where there are none.
  package var unblocked: [String]?
  /// Builds that miss the cut.
  package let pending: [PendingEntry]
  /// What stands in the way: a plan with any of these is not composed.
  package let refusals: [Finding]
  /// What a person should look at; nothing here stops the compose.
  package let warnings: [Finding]
  /// What the foreseen closure does not cover; left out where it covers everything.
  package var notes: [Finding]?
  /// One for each area, `releases` before `updates`.
  package let trees: [TreePlan]
  /// Bytes and inodes that the compose takes where hard links are possible.
  package let forecast: Forecast
  /// What will be done, one sentence each, in order.
  package let steps: [String]
  /// RPMs of packages that are left out, with what they provided: what later
  /// checks need to know of them.
  package let leaving: [FormerRPM]
  /// The builds that the release will have, complete, sorted by package.
  package private(set) var builds: [Build]
  /// SHA-256 of the policy as it was applied.
  package let policyDigest: Checksum
  /// SHA-256 of all that decides what the release will be.
  package var digest: Checksum
  /// SHA-256 of everything else in the file: a plan that was edited would no
  /// longer show what it does. Set by ``PlanFile/sealed(_:)``.
  package var seal: Checksum?

  /// What leaves with the release: users have it. In a stream's first release,
  /// whatever is left out.
  package var departing: [RetiredEntry] {
    retired.filter { $0.wasCarried || previous == nil }
  }

  /// What had left before: it still has a marker, and users do not have it.
  package var retiredBefore: [RetiredEntry] {
    retired.filter { !$0.wasCarried && previous != nil }
  }

  /// The trees, with the paths that the policy gave them when the plan was made.
  package var treeNames: [TreeName] {
    trees.map { TreeName(area: $0.area, release: release, path: $0.path) }
  }

  /// The same with builds whose RPMs lie elsewhere: what is made of them is the same.
  package func with(builds: [Build]) -> Plan {
    var plan = self
    plan.builds = builds
    return plan
  }

  /// What the compose takes on the disk.
  package struct Forecast: Hashable, Codable, Sendable {
    /// If no RPM can be linked, this many bytes are copied: each once.
    package let bytesIfCopied: Int
    /// Names and directories made.
    package let inodes: Int
  }
}
