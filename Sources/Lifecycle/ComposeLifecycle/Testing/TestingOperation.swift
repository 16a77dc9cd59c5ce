import ComposeChecks
package import ComposePlanning
import ComposePolicy
package import ComposeStream
package import ComposeTrees
import DocumentSigning
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Brings the testing tree of a release to what its tag has: new builds come, others leave the
/// lists, and files that no client asks for any more go.
///
/// It makes the steps of a push, and is undone and finished as one is. What the tree lists is
/// nowhere else recorded.
package struct TestingOperation: Operation {
  package static let kind = OperationKind.testing

  package let release: ReleaseID
  private let tree: TreeName
  /// Nil where testers notice nothing: files that nobody asks for go, no more.
  package let plan: TestingPlan?
  private let documents: TreeDocuments
  /// Files of the builds that leave the lists.
  private let unlisting: [UnlistedFile]
  /// Files of builds that leave and come back.
  private let relisting: [UnlistedFile]
  private let removals: [RemoveUnlisted]
  /// Of the indexes that it writes; nil where the policy has none signed.
  private var signatures: IndexSignatures?
  /// What the checks said of the tree as it will be; nil until they ran.
  private(set) package var checks: CheckReport?
  /// Why it goes on though checks failed; nil where they did not, or nobody decided it.
  private var override: String?

  private var hasPassedPreflight = false
  /// What the tree will have, but for signatures; nil until it is judged.
  private var judged: PushJudgement.Result?

  /// All but what holds for the running command alone.
  private enum CodingKeys: CodingKey {
    case release, tree, plan, documents, unlisting, relisting, removals, signatures, checks
    case override
  }

  /// Throws `refused` with every refusal of the plan, and where the release has no testing tree
  /// yet: that is made first, see ``BeginTestingOperation``.
  ///
  /// - Parameter documents: advisories that the tree has then.
  package init(
    _ plan: TestingPlan, with documents: TreeDocuments = .none, in stream: StreamContext
  ) throws {
    try plan.refusals.requireNone("testing of \(plan.release)")
    let record = try stream.release(plan.release)
    guard let tree = record.tree(.testing)?.name else {
      throw record.refusal(
        "it has no testing tree", "It gets one with: epel-compose update \(record.id) --testing")
    }
    try stream.requireAsRecorded(record.trees.filter { $0.name == tree })
    let directory = try Directory.open(root: stream.locations.public).open(tree.path)
    let manifest = try directory.manifest().manifest
    try stream.requireLayout(of: tree, manifest)
    release = plan.release
    self.tree = tree
    self.documents = documents
    self.plan = plan.changesLists ? plan : nil
    let known = try stream.ledger.unlistedFiles(of: tree)
    let entering = Set(plan.builds.map(\.nvr))
    relisting = known.filter { $0.build.map(entering.contains) == true }
    unlisting = try Push.files(
      of: Set(plan.leaving.map(\.nvr)), listedIn: tree, directory, manifest, stream)
    let assignment = RepositoryAssignment(policy: stream.policy)
    var contents = TreeContents(repositories: assignment.paths)
    try contents.add(plan.builds, by: assignment)
    let kept = Set(contents.files.keys)
    let expired = try stream.expiredFiles(of: tree).filter { !kept.contains($0) }
    removals = expired.isEmpty ? [] : [RemoveUnlisted(tree: tree, paths: expired)]
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool { plan == nil && removals.isEmpty }

  /// How many files go that no client asks for any more.
  package var removedFiles: Int { removals.reduce(0) { $0 + $1.paths.count } }

  package var title: String { "testing of \(release)" }

  package var summary: String {
    guard let plan else {
      return "removed \(removedFiles.counted("file")) not listed any more from \(tree)"
    }
    func list(_ word: String, _ builds: [NVR]) -> String? {
      builds.isEmpty ? nil : word + builds.map(\.description).sorted().joined(separator: ", ")
    }
    let byCause = Dictionary(grouping: plan.leaving, by: \.cause)
    let parts =
      [list("", plan.builds.map(\.nvr))]
      + byCause.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        list("\($0.key.rawValue): ", $0.value.map(\.nvr))
      }
      + [
        list("left out ", plan.skipped.map(\.nvr)),
        plan.allowUnsigned && !plan.builds.isEmpty ? "unsigned RPMs allowed" : nil,
        override.map { "checks overridden: \($0)" },
      ]
    let told = parts.compactMap(\.self)
    return "testing: " + (told.isEmpty ? "documents" : told.joined(separator: "; "))
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try stream.release(release).trees.filter { $0.name == tree }
  }

  package func reach(in stream: StreamContext) throws -> [TreeName: TreeGeneration] {
    guard let plan else { return [:] }
    return [tree: TreeGeneration(respin: nil, push: nil, revision: plan.revision)]
  }

  package func preflight(in stream: StreamContext) throws {
    if hasPassedPreflight { return }
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    let directory = try Directory.open(root: stream.locations.public).open(tree.path)
    try Preflight(stream: stream).checkPush(
      plan?.builds ?? [], into: directory, of: tree, directory.manifest().manifest)
    if plan != nil { try stream.signer?.requireReady() }
  }

  /// Runs the checks on the tree as it will be, together with the trees that it is used beside.
  /// Nil where testers notice nothing. Changes nothing.
  package mutating func judge(in stream: StreamContext) throws -> CheckReport? {
    try preflight(in: stream)
    hasPassedPreflight = true
    guard let step, let plan else { return nil }
    if let checks { return checks }
    let result = try PushJudgement(
      step: step, takenOut: Set(plan.leaving.filter { $0.cause == .held }.map(\.nvr)),
      isUpdate: true, allowsUnsigned: plan.allowUnsigned, stream: stream
    ).run(on: stream.release(release))
    judged = result
    checks = result.report
    return result.report
  }

  /// Lets it through although checks failed.
  ///
  /// - Parameter reason: in the words of whoever decides it.
  package mutating func overrideChecks(_ reason: String) { override = reason }

  package mutating func sign(in stream: StreamContext) throws {
    guard let signer = stream.signer, plan != nil else { return }
    if judged == nil {
      let known = checks
      checks = nil
      _ = try judge(in: stream)
      checks = known ?? checks
    }
    guard let judged else { return }
    signatures = try IndexSignatures(of: judged.indexes, in: tree, by: signer)
  }

  private var step: PushBuilds? {
    plan.map { plan in
      PushBuilds(
        tree: tree, serial: 0, builds: plan.builds, unlisting: unlisting, relisting: relisting,
        documents: documents, revision: plan.revision, signatures: signatures,
        prepared: judged?.prepared)
    }
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    (step.map { [$0] } ?? []) + removals
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let former = try stream.release(release).tree(.testing)
    let assignment = RepositoryAssignment(policy: stream.policy)
    var contents = TreeContents(repositories: assignment.paths)
    try contents.add(plan?.builds ?? [], by: assignment)
    let unlisted = try stream.unlistedFiles(
      of: tree, adding: unlisting,
      removing: Set(contents.files.keys).union(relisting.map(\.path)))
    let record = try TreeRecord(
      of: tree, at: .public,
      directory: Directory.open(root: stream.locations.public).open(tree.path),
      revision: plan?.revision ?? former?.revision ?? 0, unlisted: unlisted)
    let overrides = override.map {
      [
        GateOverride(
          gate: "checks", reason: "testing, \(checks?.failed.joined(separator: ", ") ?? ""): \($0)",
          operatorName: stream.operatorName, at: stream.time.now)
      ]
    }
    let release = release
    let letsIn = plan.map { $0.allowUnsigned && !$0.builds.isEmpty } ?? false
    return { change in
      if letsIn { try change.setTestsUnsigned(release) }
      try change.setTree(record)
      try change.setUnlistedFiles(unlisted, of: record.name)
      try change.addOverrides(overrides ?? [], to: release)
    }
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    // What is only removed is finished.
    guard let step, try !step.isVisible(in: stream) else { return nil }
    try step.removeAdded(in: stream)
    return { _ in }
  }
}
