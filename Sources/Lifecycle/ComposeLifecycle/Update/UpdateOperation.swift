import ComposeChecks
package import ComposePlanning
import ComposePolicy
package import ComposeStream
package import ComposeTrees
import Digests
import DocumentSigning
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Changes what the updates tree of a release lists: new builds come, others are taken
/// out, or an earlier push is taken back. Removes what no client asks for any
/// more.
package struct UpdateOperation: Operation {
  package static let kind = OperationKind.update

  package let release: ReleaseID
  private let tree: TreeName
  /// Nil where users notice nothing: files that nobody asks for go, no more.
  private var push: Push?
  private let removals: [RemoveUnlisted]
  /// Of trees that are not signed as the policy says by now, and that the push does not
  /// write anew; nil in the journal of an older version.
  private var refreshes: [RefreshRevision]?

  /// What the push was asked for; a command that was killed is known by it.
  package let request: PushRequest

  /// Whether ``preflight(in:)`` has passed: what is judged is pushed at once.
  private var hasPassedPreflight = false
  /// What the tree will have, but for signatures; nil until it is judged.
  private var judged: PushJudgement.Result?

  /// All but what holds for the running command alone.
  private enum CodingKeys: CodingKey { case release, tree, push, removals, refreshes, request }

  /// - Parameters:
  ///   - documents: groups, modules and advisories that the tree has then.
  ///   - changes: what that changes for users.
  ///
  /// Throws `refused` with every refusal of the plan.
  package init(
    _ plan: PushPlan, for request: PushRequest = .update(), with documents: TreeDocuments = .none,
    changing changes: [DocumentChange] = [], in stream: StreamContext
  ) throws {
    try plan.refusals.requireNone("push \(plan.serial) to \(plan.release)")
    guard let tree = stream.policy.tree(.updates, of: plan.release) else {
      throw ComposeError(
        .badData, stream.policy.stream, "it has no updates tree", remedy: "Correct the policy")
    }
    try stream.requireAsRecorded(stream.release(plan.release).trees.filter { $0.name == tree })
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(stream.linkedReleases())
    let directory = try Directory.open(root: stream.locations.public).open(tree.path)
    let manifest = try directory.manifest().manifest
    try stream.requireLayout(of: tree, manifest)
    release = plan.release
    self.request = request
    self.tree = tree
    push =
      plan.isEmpty
      ? nil
      : try Push(
        plan, documents, changing: changes, tree, directory, manifest, stream)
    let isPushed = push != nil
    refreshes = try RefreshRevision.signing(
      stream.release(plan.release).trees.filter { !isPushed || $0.name != tree }, in: stream)
    let kept = try Self.listedAgain(push, stream)
    removals = try stream.release(plan.release).trees.compactMap { tree in
      let paths = try stream.expiredFiles(of: tree.name).filter { !kept.contains($0) }
      return paths.isEmpty ? nil : RemoveUnlisted(tree: tree.name, paths: paths)
    }
  }

  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    let touched = Set(removals.map(\.tree) + (refreshes ?? []).map(\.tree) + [tree])
    return try stream.release(release).trees.filter { touched.contains($0.name) }
  }

  package func reach(in stream: StreamContext) throws -> [TreeName: TreeGeneration] {
    var reach = (refreshes ?? []).reach
    if let push {
      reach[tree] = TreeGeneration(
        respin: nil, push: push.serial, revision: push.plan.revision)
    }
    return reach
  }

  package func preflight(in stream: StreamContext) throws {
    if hasPassedPreflight { return }
    let directory = try Directory.open(root: stream.locations.public).open(tree.path)
    // Removing what is old writes the manifest, too.
    try Preflight(stream: stream).checkPush(
      push?.builds ?? [], into: directory, of: tree, directory.manifest().manifest)
    if push != nil { try stream.signer?.requireReady() }
    try (refreshes ?? []).requireSigner(in: stream)
  }

  package mutating func sign(in stream: StreamContext) throws {
    refreshes = try refreshes?.signed(in: stream)
    guard let signer = stream.signer, push != nil else { return }
    let verdict = push?.verdict
    if judged == nil {
      push?.verdict = nil
      _ = try judge(in: stream)
      push?.verdict = nil
    }
    guard let judged else { return }
    let signatures = try IndexSignatures(of: judged.indexes, in: tree, by: signer)
    push?.signatures = signatures
    guard let verdict else { return }
    var manifest = judged.manifest
    try manifest.set(signatures, of: judged.indexes.documents.keys)
    push?.verdict = PushVerdict(
      report: verdict.report, manifest: Checksum(of: manifest.contents))
  }

  /// Runs the checks on the tree as the push will leave it, and keeps what they
  /// say: it is recorded together with the push. Nil where users notice nothing.
  ///
  /// Reads the tree and changes nothing in it. Throws what ``preflight(in:)`` throws: that
  /// says better what is in the way than checks do.
  package mutating func judge(in stream: StreamContext) throws -> CheckReport? {
    try preflight(in: stream)
    hasPassedPreflight = true
    guard let step, let plan = push?.plan else { return nil }
    if let verdict = push?.verdict { return verdict.report }
    let record = try stream.release(release)
    let result = try PushJudgement(
      step: step,
      takenOut: Set(plan.unlisted.filter(\.cause.isHeld).map(\.nvr)),
      isUpdate: plan.kind == .update, allowsUnsigned: plan.allowUnsigned, stream: stream
    ).run(on: record)
    var manifest = result.manifest
    for path in removals.filter({ $0.tree == tree }).flatMap(\.paths) {
      manifest[path] = nil
    }
    judged = PushJudgement.Result(
      report: result.report, manifest: manifest, indexes: result.indexes,
      prepared: result.prepared)
    // Signatures come when it is sure that the push is made.
    try manifest.set(nil, of: result.indexes.documents.keys)
    push?.verdict = PushVerdict(report: result.report, manifest: Checksum(of: manifest.contents))
    return result.report
  }

  /// Lets the push through although checks failed.
  ///
  /// - Parameter reason: in the words of whoever decides it.
  package mutating func overrideChecks(_ reason: String, in stream: StreamContext) {
    guard let push, let failed = push.verdict?.report.failed, !failed.isEmpty else { return }
    self.push?.overrides = [
      GateOverride(
        gate: "checks",
        reason: "push \(push.serial), \(failed.joined(separator: ", ")): \(reason)",
        operatorName: stream.operatorName, at: stream.time.now)
    ]
  }

  /// Whether this is what `asked` asks for. An undo or a withdrawal that is given
  /// again with other words is the same one.
  package func answers(_ asked: PushRequest) -> Bool {
    switch (request, asked) {
    case (.update(let done), .update(let asked)): done == asked
    case (.withdraw(let done, _), .withdraw(let asked, _)): done == asked
    case (.undo, .undo): true
    default: false
    }
  }

  /// The push as it was planned; nil where users notice nothing.
  package var plan: PushPlan? { push?.plan }

  /// What the checks said before the push; nil where they did not run.
  package var checks: CheckReport? { push?.verdict?.report }

  /// Whether there is nothing to do.
  package var isEmpty: Bool { push == nil && removals.isEmpty && signedTrees.isEmpty }

  /// Trees that it signs although nothing is pushed into them.
  package var signedTrees: [TreeName] { (refreshes ?? []).map(\.tree) }

  /// How many files go that no client asks for any more.
  package var removedFiles: Int { removals.reduce(0) { $0 + $1.paths.count } }

  package var title: String { "update \(release)" }

  package var summary: String {
    guard let push else {
      let signed = signedTrees.map { "signed \($0)" }
      return
        (signed
        + (signed.isEmpty || !removals.isEmpty
          ? ["removed \(removedFiles.counted("file")) not listed any more"] : []))
        .joined(separator: ", ")
    }
    let plan = push.plan
    func list(_ word: String, _ builds: [NVR]) -> String? {
      if builds.isEmpty { return nil }
      return word + builds.map(\.description).sorted().joined(separator: ", ")
    }
    var parts: [String?] = [
      list("", push.builds.map(\.nvr)), list("took out ", Array(push.unlisted.values.joined())),
      list("listed again ", push.relisted),
    ]
    parts += [
      plan.undoes.map { "took back push \($0)" }, plan.reason.map { "because: \($0)" },
      plan.allowUnsigned ? "unsigned RPMs allowed" : nil,
    ]
    parts += [
      list("left out ", plan.skipped.map(\.nvr)), list("no longer held: ", plan.lifted),
      push.overrides.isEmpty ? nil : "checks overridden",
    ]
    let told = parts.compactMap { $0 }
    return Self.push + "\(push.serial): "
      + (told.isEmpty ? "documents" : told.joined(separator: "; "))
  }

  /// The serial of the push that ``summary`` tells of; nil where it tells of none.
  static func serial(ofSummary summary: String) -> Int? {
    guard summary.hasPrefix(push) else { return nil }
    return Int(summary.dropFirst(push.count).prefix { $0 != ":" })
  }

  private static let push = "push "

  private var step: PushBuilds? {
    push.map { push in
      PushBuilds(
        tree: tree, serial: push.serial, builds: push.builds, unlisting: push.unlisting,
        relisting: push.relisting, documents: push.documents, revision: push.plan.revision,
        signatures: push.signatures, prepared: judged?.prepared)
    }
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    let refreshes = refreshes ?? []
    let isLinked = try stream.linkedReleases().leads(stream.policy.links, to: release)
    let statement =
      isLinked && !refreshes.isEmpty
      ? StateCurrent(release, before: refreshes, in: stream) : nil
    return (step.map { [$0] } ?? []) + (statement.map { [$0] } ?? []) + refreshes + removals
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let record = try stream.release(release)
    let root = try Directory.open(root: stream.locations.public)
    let touched = Set(removals.map(\.tree) + signedTrees).union(push == nil ? [] : [tree])
    let found = try record.trees.filter { touched.contains($0.name) }.map { former in
      let isPushed = former.name == tree
      let unlisted = try stream.unlistedFiles(
        of: former.name, adding: isPushed ? push?.unlisting ?? [] : [],
        removing: isPushed ? Self.listedAgain(push, stream) : [])
      let signed = (refreshes ?? []).first { $0.tree == former.name }?.revision
      let record = try TreeRecord(
        of: former.name, at: .public, directory: root.open(former.name.path),
        revision: signed ?? (isPushed ? push?.plan.revision : nil) ?? former.revision,
        unlisted: unlisted)
      return (record: record, unlisted: unlisted)
    }
    let removed = try push?.removals(release, in: stream) ?? []
    let (done, release, operatorName) = (push, release, stream.operatorName)
    let verdict = try verdict(on: record, found.map(\.record), in: stream)
    let (now, request) = (stream.time.now, request)
    return { change in
      for (record, files) in found { try change.setUnlistedFiles(files, of: record.name) }
      guard let push = done else {
        for (record, _) in found { try change.renewTree(record) }
        return
      }
      for (record, _) in found { try change.setTree(record) }
      try change.forgetChecks(of: release)
      if let verdict {
        try change.record(verdict.report, about: verdict.subject, by: operatorName, at: now)
      }
      try push.record(change, for: request, by: operatorName)
      try change.addRemoved(removed)
    }
  }

  /// What the checks said, where the tree is exactly what they were about.
  private func verdict(
    on release: ReleaseRecord, _ found: [TreeRecord], in stream: StreamContext
  ) throws -> (report: CheckReport, subject: CheckSubject)? {
    guard let verdict = push?.verdict,
      found.contains(where: { $0.name == tree && $0.manifest == verdict.manifest })
    else { return nil }
    let subject = try stream.checkSubject(of: release)
    let renewed = Dictionary(
      found.map { ($0.name.path.description, $0.manifest.hex) }
    ) { first, _ in first }
    return (
      verdict.report,
      CheckSubject(
        manifests: subject.manifests.merging(renewed) { $1 }, baseline: subject.baseline,
        baselinePushes: subject.baselinePushes, gate: subject.gate,
        revokedKeys: subject.revokedKeys)
    )
  }

  /// Files in the tree that the push lists again.
  private static func listedAgain(_ push: Push?, _ stream: StreamContext) throws -> Set<
    RelativePath
  > {
    guard let push else { return [] }
    let assignment = RepositoryAssignment(policy: stream.policy)
    var contents = TreeContents(repositories: assignment.paths)
    try contents.add(push.builds, by: assignment)
    return Set(contents.files.keys).union(push.relisting.map(\.path))
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    // What is only removed is finished.
    guard let step else { return nil }
    if try step.isVisible(in: stream) { return nil }
    try step.removeAdded(in: stream)
    return { _ in }
  }
}
