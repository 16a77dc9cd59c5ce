package import BuildSystems
import ComposeChecks
package import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DocumentSigning
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Tags a compose and builds its trees in staging. Interrupted, it is undone:
/// nobody has seen any of it.
package struct ComposeOperation: Operation {
  package static let kind = OperationKind.compose

  package let release: ReleaseID
  let composeTag: String
  /// Where its trees take their names in staging.
  private let trees: [RelativePath]
  /// Stands in the identity of its trees.
  private let planDigest: String
  /// The release that it is branched from; nil where its builds are from its own live tag.
  package let former: ReleaseID?
  /// What to build; not in the ledger, because an interrupted compose is
  /// never continued.
  private var work: Work?

  private struct Work: Sendable {
    let plan: Plan
    let documents: TreeDocuments
    let buildSystem: any BuildSystem
    let reopeningTag: Bool
  }

  private enum CodingKeys: String, CodingKey {
    case release, composeTag, trees, planDigest, former
  }

  /// Throws `refused` with every refusal of the plan.
  ///
  /// - Parameter reopeningTag: whether a compose made the compose tag before, so
  ///   that its lock is our own.
  package init(
    _ plan: Plan, with documents: TreeDocuments = .none, from buildSystem: any BuildSystem,
    reopeningTag: Bool = false
  ) throws {
    try plan.refusals.requireNone("compose \(plan.release)")
    release = plan.release
    composeTag = plan.composeTag
    trees = plan.trees.map(\.path)
    planDigest = plan.digest.hex
    former = plan.branching?.former
    work = Work(
      plan: plan, documents: documents, buildSystem: buildSystem, reopeningTag: reopeningTag)
  }

  /// It makes trees of its own.
  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] { [] }

  package func changesServedTrees(in stream: StreamContext) -> Bool { stream.servesStaging }

  package func preflight(in stream: StreamContext) throws {
    guard let work else { return }
    try Preflight(stream: stream).check(work.plan)
    try stream.signer?.requireReady()
    try TestRepository(
      stream: stream, release: release, allowsUnsigned: work.plan.allowUnsigned
    ).preflight()
  }

  package var title: String { former == nil ? "compose \(release)" : "branch \(release)" }

  package var summary: String {
    guard let plan = work?.plan else { return "composed" }
    return (former.map { "branched from \($0): " } ?? "")
      + "staged \(plan.builds.count.counted("build")), \(plan.departing.count.grouped) retired"
      + (plan.allowUnsigned ? ", unsigned RPMs allowed" : "")
  }

  package func begin(_ change: LedgerChange, in stream: StreamContext) throws {
    guard let plan = work?.plan else { return }
    if plan.event != nil { try change.rememberHubTag(composeTag) }
    try change.beginRelease(
      release, respin: plan.respin, previous: plan.previous, composeTag: composeTag,
      planDigest: plan.digest.hex,
      allowUnsigned: plan.allowUnsigned, at: stream.time.now)
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    guard let work else { return [] }
    let trees = work.plan.treeNames
    let builder =
      stream.policy.metadata.from == .koji ? work.buildSystem as? any RepositoryBuilder : nil
    // A workspace that no ledger knows, because that was lost, would be built
    // over.
    var steps: [any Step] = [
      RemoveTree(
        root: stream.locations.staging,
        path: try Workspace.path(of: release, stream: stream.policy.stream)),
      TagBuilds(
        plan: work.plan, buildSystem: work.buildSystem, reopening: work.reopeningTag),
    ]
    for tree in trees {
      let isLinked = stream.policy.areas[.updates]?.begins == .release
      if tree.area == .updates, isLinked, let source = trees.first(where: { $0.area == .releases })
      {
        steps.append(LinkUpdatesTree(plan: work.plan, source: source, tree: tree))
      } else {
        steps.append(
          BuildTree(plan: work.plan, documents: work.documents, tree: tree, builder: builder))
      }
    }
    for tree in trees {
      steps.append(
        MoveTree(
          tree: tree,
          source: (
            stream.locations.staging, try Workspace.path(of: tree, stream: stream.policy.stream)
          ),
          target: (stream.locations.staging, tree.path)))
    }
    steps.append(
      RemoveTree(
        root: stream.locations.staging,
        path: try Workspace.path(of: release, stream: stream.policy.stream)))
    steps.append(
      try TestRepository(stream: stream, release: release, allowsUnsigned: work.plan.allowUnsigned)
        .writing())
    return steps
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    guard let plan = work?.plan else { return { _ in } }
    let records = try plan.treeNames.map { tree in
      try TreeRecord(
        of: tree, at: .staging,
        directory: Directory.open(root: stream.locations.staging).open(tree.path),
        revision: plan.revision)
    }
    let now = stream.time.now
    let snapshot = plan.hubSnapshot
    let advisories = work?.documents.advisories ?? []
    return { change in
      try change.addAdvisories(advisories)
      for record in records { try change.setTree(record) }
      if let snapshot { try change.setHubSnapshot(snapshot, of: plan.release) }
      try change.addBuilds(
        plan.builds.map {
          BuildRecord(package: $0.package, evr: $0.evr, push: 0, marker: nil)
        }, to: plan.release)
      try change.addRetirements(plan.retired.map(RetirementRecord.init), to: plan.release)
      try change.addLeaving(plan.leaving, to: plan.release)
      try change.setState(.staged, of: plan.release, at: now)
    }
  }

  /// Whether the tree at `path` in staging was made by this very compose: one
  /// that somebody else put there is not ours to remove.
  private func isOurs(_ path: RelativePath, in stream: StreamContext) throws -> Bool {
    let info = path.appending(try RelativePath.of(ComposeInfo.fileName))
    let trash = path.sibling(named: Directory.temporaryPrefix + "trash-" + path.name)
    guard let staging = try Directory.openIfPresent(root: stream.locations.staging) else {
      return false
    }
    if try trash.map({ try staging.status(of: $0) != nil }) ?? false { return true }
    guard try staging.status(of: info)?.kind == .file else { return false }
    let text = String(decoding: try staging.openFile(info).contents(limit: 1 << 16), as: UTF8.self)
    return text.contains("plan = \(planDigest)\n")
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    var steps: [any Step] = [
      RemoveTree(
        root: stream.locations.staging,
        path: try Workspace.path(of: release, stream: stream.policy.stream))
    ]
    for path in trees where try isOurs(path, in: stream) {
      steps.append(RemoveTree(root: stream.locations.staging, path: path))
    }
    steps.append(try TestRepository(stream: stream, release: release).removing())
    for step in steps where try !step.isDone(in: stream) { try step.perform(in: stream) }
    let (release, tag) = (release, composeTag)
    return { change in
      try change.removeTag(tag)
      try change.forgetRelease(release)
    }
  }
}

extension Plan {
  /// What the ledger keeps of the hub's word; nil where no hub was asked.
  fileprivate var hubSnapshot: HubSnapshotRecord? {
    event.map { event in
      HubSnapshotRecord(
        event: event.id, at: event.time,
        blocked: blocked.map {
          HubSnapshotRecord.Blocked(package: $0.package, nvr: $0.nvr, marker: $0.marker)
        },
        contradictions: warnings.filter { BlockContradiction.codes.contains($0.code) })
    }
  }
}

extension RetirementRecord {
  fileprivate init(_ entry: RetiredEntry) {
    self.init(
      package: entry.package,
      evr: EVR(
        epoch: entry.epoch, version: entry.nvr.version, rpmRelease: entry.nvr.rpmRelease),
      marker: MarkerRecord(
        marker: RetirementMarker(path: entry.marker, text: entry.text), rpm: entry.rpm))
  }
}
