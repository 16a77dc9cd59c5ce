package import ComposeStream
import ComposeTrees
import ComposeChecks
package import ComposeStream
import ComposeTrees
package import ComposePlanning
import ComposePolicy
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Changes what the current updates tree lists: new builds come, others are taken
/// out, or an earlier push is taken back. Removes what no client asks for any
/// more.
package struct UpdateOperation: Operation {
  package static let kind = OperationKind.update

  package let release: ReleaseID
  private let tree: TreeName
  /// Nil where users notice nothing: files that nobody asks for go, no more.
  private let push: Push?
  private let removals: [RemoveUnlisted]

  /// Throws `refused` with every refusal of the plan.
  package init(
    _ plan: PushPlan, with documents: TreeDocuments = .none, in stream: StreamContext
  ) throws {
    try plan.refusals.requireNone("push \(plan.serial) to \(plan.release)")
    guard let tree = stream.policy.tree(.updates, of: plan.release) else {
      throw ComposeError(
        .badData, stream.policy.stream, "it has no updates tree", remedy: "Correct the policy")
    }
    try LinkState(policy: stream.policy, locations: stream.locations)
      .requireUntouched(current: plan.release)
    let directory = try Directory.open(root: stream.locations.public).open(tree.path)
    let manifest = try directory.manifest().manifest
    guard
      try stream.repositories(of: tree, manifest)
        == RepositoryAssignment(policy: stream.policy).paths
    else {
      throw ComposeError(
        .refused, "tree \(tree)", "it has other repositories than the policy describes by now",
        remedy: "Compose the next release with the new layout, or put the old one back")
    }
    release = plan.release
    self.tree = tree
    push = plan.isEmpty ? nil : try Push(plan, documents, tree, directory, manifest, stream)
    let kept = try Self.listedAgain(push, stream)
    removals = try stream.release(plan.release).trees.compactMap { tree in
      let paths = try stream.expiredFiles(of: tree.name).filter { !kept.contains($0) }
      return paths.isEmpty ? nil : RemoveUnlisted(tree: tree.name, paths: paths)
    }
  }

  package func preflight(in stream: StreamContext) throws {
    let directory = try Directory.open(root: stream.locations.public).open(tree.path)
    // Removing what is old writes the manifest, too.
    try Preflight(stream: stream).checkPush(
      push?.builds ?? [], into: directory, directory.manifest().manifest)
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool { push == nil && removals.isEmpty }

  /// How many files go that no client asks for any more.
  package var removedFiles: Int { removals.reduce(0) { $0 + $1.paths.count } }

  package var title: String { "update \(release)" }

  package var summary: String {
    guard let push else { return "removed \(removedFiles) files that were not listed any more" }
    let gone = push.unlisted.values.joined().map(\.description).sorted()
    let parts = [
      push.builds.isEmpty ? nil : push.builds.map(\.nvr.description).joined(separator: ", "),
      gone.isEmpty ? nil : "took out \(gone.joined(separator: ", "))",
      push.relisted.isEmpty
        ? nil : "listed again \(push.relisted.map(\.description).joined(separator: ", "))",
      push.undoes.map { "took back push \($0)" },
      push.reason.map { "because: \($0)" },
      push.allowUnsigned ? "unsigned RPMs allowed" : nil,
    ].compactMap { $0 }
    return "push \(push.serial): " + (parts.isEmpty ? "documents" : parts.joined(separator: "; "))
  }

  private var step: PushBuilds? {
    push.map { push in
      PushBuilds(
        tree: tree, serial: push.serial, builds: push.builds, unlisting: push.unlisting,
        relisting: push.relisting, documents: push.documents, revision: push.revision)
    }
  }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    (step.map { [$0] } ?? []) + removals
  }

  package func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void
  {
    let record = try stream.release(release)
    let root = try Directory.open(root: stream.locations.public)
    let touched = Set(removals.map(\.tree)).union(push == nil ? [] : [tree])
    let found = try record.trees.filter { touched.contains($0.name) }.map { former in
      let isPushed = former.name == tree
      let unlisted = try stream.unlistedFiles(
        of: former.name, adding: isPushed ? push?.unlisting ?? [] : [],
        removing: isPushed ? Self.listedAgain(push, stream) : [])
      let record = try TreeRecord(
        of: former.name, at: .public, directory: root.open(former.name.path),
        revision: isPushed ? push?.revision ?? former.revision : former.revision,
        unlisted: unlisted)
      return (record: record, unlisted: unlisted)
    }
    let (done, release, operatorName) = (push, release, stream.operatorName)
    return { change in
      for (record, files) in found { try change.setUnlistedFiles(files, of: record.name) }
      guard let push = done else {
        for (record, _) in found { try change.renewTree(record) }
        return
      }
      for (record, _) in found { try change.setTree(record) }
      try change.forgetChecks(of: release)
      try push.record(change, release, operatorName)
    }
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
