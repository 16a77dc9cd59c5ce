package import BuildSystems
import ComposeChecks
package import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import RPMPackages
import ReleaseLedger
package import ReleaseModel

/// Plans releases and pushes of one stream from what is live now: what `plan`,
/// `compose`, `update` and `site build` ask. Reads only.
package struct ReleasePlanner {
  let stream: StreamContext
  let allowUnsigned: Bool
  let warnings: [Finding]

  /// - Parameters:
  ///   - allowUnsigned: whether RPMs count that no key of the policy signed.
  ///   - warnings: what is known beforehand, such as keys that are missing; it
  ///     stands in every plan, missing keys among the refusals where they are the cause.
  package init(_ stream: StreamContext, allowUnsigned: Bool, warnings: [Finding] = []) {
    self.stream = stream
    self.allowUnsigned = allowUnsigned
    self.warnings = warnings
  }

  /// A plan, and what it does not have itself.
  package struct PlannedRelease {
    /// What `compose` will do; not yet looked at for refusals.
    package let plan: Plan
    /// Groups, modules and advisories that the plan names.
    package let documents: TreeDocuments
    /// Who answers for a package, by its name.
    package let owners: [String: String]
    /// Whether the build system tells which packages are blocked.
    package let knowsBlocks: Bool
  }

  /// A push, and the documents that it brings.
  package struct PlannedPush {
    /// What the push will change.
    package let plan: PushPlan
    /// Groups, modules and advisories that the push brings.
    package let documents: TreeDocuments
    /// What it changes of the documents that users have.
    package let changes: [DocumentChange]
  }

  /// The compose of `release` from what is live in `buildSystem`.
  ///
  /// Throws `refused` where the stream has ended.
  ///
  /// - Parameter point: where the release is branched from, whose tags `buildSystem` has then; nil
  ///   where it is not.
  package func plan(
    _ release: ReleaseID, from buildSystem: any BuildSystem, branching point: BranchPoint? = nil
  ) async throws -> PlannedRelease {
    let stream = stream.asOf(release)
    try stream.requireNotEnded(release)
    var inventory = try await stream.inventory(
      from: buildSystem, planning: release, branching: point)
    inventory.warnings += warnings
    // What was decided since is not known.
    inventory.refusals += try stream.ledgerComparison().whyBehind
    return PlannedRelease(
      plan: try planner(stream).plan(release, from: inventory, allowUnsigned: allowUnsigned),
      documents: inventory.documents, owners: inventory.owners,
      knowsBlocks: inventory.blocked != nil)
  }

  /// A push into the updates tree of a release.
  ///
  /// - Parameters:
  ///   - release: a release that gets pushes; nil for the current one.
  ///   - buildSystem: nil to ask nobody: taking builds out must be possible while the hub is
  ///     down.
  ///
  /// Throws `refused` where no release is current, and where `release` gets no pushes.
  package func push(
    _ request: PushRequest, into release: ReleaseID? = nil, from buildSystem: (any BuildSystem)?
  ) async throws -> PlannedPush {
    let current = try release ?? currentRelease()
    let stream = stream.serving(current)
    try stream.requireGetsPushes(stream.release(current))
    // Documents and files that users have are read from the tree.
    try stream.requireAsRecorded(
      stream.release(current).trees.filter { $0.name.area == .updates })
    if let tree = stream.policy.tree(.updates, of: current) {
      try stream.requireLayout(of: tree)
    }
    var lifted: Set<String> = []
    if case .update(let selection) = request { lifted = selection.again }
    var inventory = try await stream.inventory(from: buildSystem, lifting: lifted)
    inventory.warnings += warnings
    if case .undo = request,
      let push = inventory.updates.newestStanding(in: current, inventory.holds)
    {
      inventory.documents = inventory.documents.holding(push.documents)
    }
    func plan() throws -> PushPlan {
      try planner(stream).push(
        request, from: inventory, now: stream.time.now, allowUnsigned: allowUnsigned)
    }
    // A first plan tells what retention would take out; what must stay stays.
    let leaving = try plan().unlisted.filter { $0.cause == .retention }
    if !leaving.isEmpty {
      let first = try plan()
      inventory.irreplaceable = try stream.irreplaceable(
        Set(leaving.map(\.nvr)), bringing: first.builds)
    }
    // Which advisories are told depends on what will be listed.
    inventory.documents = try stream.documents(
      inventory.documents, listedAfter: plan(), inventory.updates)
    inventory.news = try stream.news(inventory.documents, of: current)
    return PlannedPush(
      plan: try plan(), documents: inventory.documents, changes: inventory.news.documents)
  }

  /// The release that pushes go to; throws `refused` where none is current.
  package func currentRelease() throws -> ReleaseID {
    guard let current = try stream.ledger.currentRelease() else {
      throw ComposeError(
        .refused, stream.policy.stream, "it has no current release to push updates to",
        remedy: "Compose, publish and promote a release first")
    }
    return current.id
  }

  func planner(_ stream: StreamContext) -> Planner {
    Planner(policy: stream.policy, order: .rpm)
  }
}
