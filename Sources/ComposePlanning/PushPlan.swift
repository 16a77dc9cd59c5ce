import ComposePolicy
package import ReleaseModel

/// The complete description of one push into the current updates tree.
package struct PushPlan: Codable, Sendable {
  package let stream: String
  package let release: ReleaseID
  /// 1 for the first push after the cut.
  package let serial: Int
  package let buildSystem: String
  package let allowUnsigned: Bool
  package let updated: [UpdateEntry]
  package let added: [BuildEntry]
  /// Packages whose pushed build carries a marker: they leave with the next
  /// release.
  package let retiring: [RetiredEntry]
  package let refusals: [Finding]
  package let warnings: [Finding]
  package let steps: [String]
  /// Builds that are pushed, complete.
  package let builds: [Build]
  /// `<revision>` of the tree's repositories after the push.
  package let revision: Int
}

extension Planner {
  /// The push of everything live that is newer than what the current updates
  /// tree has.
  ///
  /// A package that is new and retired at once is not pushed: it would leave
  /// before anyone used it.
  package func push(from inventory: Inventory, allowUnsigned: Bool) throws -> PushPlan {
    guard let current = inventory.current else {
      throw ComposeError(
        .refused, policy.stream, "it has no current release to push updates to",
        remedy: "Compose, publish and promote a release first")
    }
    var pushed: [Build] = []
    var updated: [UpdateEntry] = []
    var added: [BuildEntry] = []
    var warnings = inventory.warnings
    for build in inventory.builds {
      guard let before = current.newest[build.package] else {
        if build.marker == nil {
          pushed.append(build)
          added.append(BuildEntry(build))
        }
        continue
      }
      if before.nvr == build.nvr { continue }
      if order.isOlder(build.evr, than: before.evr) {
        warnings.append(
          Finding(
            code: "older-than-current",
            message: "\(build.nvr) is older than \(before.nvr), which users have: not pushed",
            remedy: "Build a newer one"))
        continue
      }
      pushed.append(build)
      updated.append(
        UpdateEntry(
          package: build.package, nvr: build.nvr.description, from: before.evr.description,
          to: build.evr.description))
    }
    var decision = Retirement.decide(pushed, RepositoryAssignment(policy: policy))
    warnings += decision.warnings
    let kept = Set(decision.live.map(\.nvr)).union(
      pushed.filter { $0.marker != nil }.map(\.nvr))
    pushed.removeAll { !kept.contains($0.nvr) }
    updated.removeAll { entry in !pushed.contains { $0.package == entry.package } }
    added.removeAll { entry in !pushed.contains { $0.package == entry.package } }
    for index in decision.retired.indices { decision.retired[index].wasCarried = true }
    // Signatures are asked for of everything pushed, retiring or not.
    decision.live = pushed
    let signatures =
      PlanFindings(policy: policy, inventory: inventory, decision: decision).signatures()
    let newest = pushed.flatMap(\.rpms).map(\.buildTime).max() ?? 0
    return PushPlan(
      stream: policy.stream, release: current.release, serial: current.pushes + 1,
      buildSystem: inventory.buildSystem, allowUnsigned: allowUnsigned, updated: updated,
      added: added, retiring: decision.retired,
      refusals: inventory.refusals
        + PlanFindings(policy: policy, inventory: inventory, decision: decision).conflicts()
        + (allowUnsigned ? [] : signatures),
      warnings: (allowUnsigned ? signatures : []) + warnings,
      steps: pushed.isEmpty ? [] : pushSteps(current.release, pushed), builds: pushed,
      revision: max(newest, inventory.revisionFloor + 1))
  }

  private func pushSteps(_ release: ReleaseID, _ builds: [Build]) -> [String] {
    guard let tree = policy.tree(.updates, of: release) else { return [] }
    let assignment = RepositoryAssignment(policy: policy)
    let count = builds.flatMap(\.rpms).reduce(0) { $0 + assignment.repositories(of: $1).count }
    return [
      "link \(count) RPM files of \(builds.count) builds into \(policy.roots.public)/\(tree.path)",
      "write new metadata beside the old",
      "replace repomd.xml of \(assignment.paths.count) repositories",
    ]
  }
}
