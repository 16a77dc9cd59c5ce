package import BuildSystems
package import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import ReleaseLedger
package import ReleaseModel

extension ReleasePlanner {
  /// A change of a testing tree, and the documents that it brings.
  package struct PlannedTesting: Sendable {
    /// What comes and what leaves.
    package let plan: TestingPlan
    /// Advisories that testers are told.
    package let documents: TreeDocuments
  }

  /// What brings the testing tree of a release to what its tag has.
  ///
  /// - Parameters:
  ///   - buildSystem: has the builds of the testing tag; nil to ask nobody: then only what went
  ///     stable or is held leaves.
  ///   - stable: builds that go stable with the same command.
  ///   - skipsUnsigned: whether builds that are not signed as they should be are left out.
  ///
  /// Throws `refused` where the stream has no such area, and where `release` gets no pushes.
  package func testing(
    _ release: ReleaseID, from buildSystem: (any BuildSystem)?, stable: Set<NVR> = [],
    skippingUnsigned skipsUnsigned: Bool = false
  ) async throws -> PlannedTesting {
    let stream = stream.serving(release)
    let record = try stream.release(release)
    guard stream.policy.areas[.testing] != nil else {
      throw record.refusal(
        "its stream has no testing area",
        "Add 'areas.testing' to the policy of \(stream.policy.stream)")
    }
    try stream.requireGetsPushes(record)
    let tree = record.tree(.testing)
    if let tree {
      try stream.requireAsRecorded([tree])
      try stream.requireLayout(of: tree.name)
    }
    let present = try tree.map { _ in try stream.testingBuilds(of: record) }
    var inventory = try await stream.testingInventory(
      from: buildSystem, knowing: Set((present ?? []).map(\.nvr)), adding: warnings)
    func plan() throws -> TestingPlan {
      try planner(stream).testing(
        from: inventory, having: present, stable: stable, skippingUnsigned: skipsUnsigned,
        allowUnsigned: allowUnsigned)
    }
    let first = try plan()
    // Who asks nobody for builds asks nobody for advisories, unless lists change.
    if buildSystem == nil, first.isEmpty { return PlannedTesting(plan: first, documents: .none) }
    let gone = Set(first.leaving.map(\.nvr))
    let staying = (present ?? []).filter { !gone.contains($0.nvr) }
    let (documents, found) = try DocumentGathering(stream: stream).testing(
      for: release, listing: Set((staying + first.builds).map(\.nvr)))
    inventory.warnings += found
    inventory.news.advisories = documents.advisories.map(AdvisoryEntry.init)
    if first.builds.isEmpty, gone.isEmpty, !first.begins,
      try !stream.tellsTesters(documents, of: staying, in: record)
    {
      inventory.news.changes = ["what testers are told of updates has changed"]
    }
    return PlannedTesting(plan: try plan(), documents: documents)
  }
}

extension StreamContext {
  /// What a change of a testing tree is planned from.
  fileprivate func testingInventory(
    from buildSystem: (any BuildSystem)?, knowing known: Set<NVR>, adding warnings: [Finding]
  ) async throws -> Inventory {
    let live = try await buildSystem?.liveBuilds(
      LiveQuery(known: known, looksBehindBlocks: false), reporting: activity)
    var inventory = Inventory(
      buildSystem: buildSystem?.label ?? "none", builds: live?.builds ?? [],
      refusals: live?.refusals ?? [],
      // Nothing of it is tagged.
      warnings: (live?.warnings ?? []).filter { $0.code != "no-login" } + warnings,
      current: try currentSnapshot(), revisionFloor: try ledger.revisionFloor(stable: false))
    inventory.now = time.now
    inventory.liveVersions = live?.versions
    inventory.signatureFindings = live?.signatureFindings ?? [:]
    inventory.holds = Dictionary(try ledger.holds().map { ($0.nvr, $0) }) { first, _ in first }
    return inventory
  }
}
