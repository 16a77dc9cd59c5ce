package import ComposePlanning
import ComposePolicy
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// Pushes new builds into the current updates tree.
package struct UpdateOperation: Operation {
  package static let kind = "update"

  package let release: ReleaseID
  private let tree: TreeName
  private let serial: Int
  private let builds: [Build]
  private let revision: Int
  private let allowUnsigned: Bool

  /// Throws `refused` with every refusal of the plan.
  package init(_ plan: PushPlan, at site: Site) throws {
    if let first = plan.refusals.first {
      throw ComposeError(
        .refused, "push \(plan.serial) to \(plan.release)",
        first.message
          + (plan.refusals.count > 1 ? "; \(plan.refusals.count - 1) more stand in the way" : ""),
        remedy: first.remedy, findings: plan.refusals)
    }
    guard let tree = site.policy.tree(.updates, of: plan.release) else {
      throw ComposeError(
        .badData, site.policy.stream, "it has no updates tree", remedy: "Correct the policy")
    }
    try LinkState(policy: site.policy, locations: site.locations)
      .requireUntouched(current: plan.release)
    let directory = try Directory.open(root: site.locations.public).open(tree.path)
    let manifest = try directory.manifest().manifest
    guard manifest.repositories == RepositoryAssignment(policy: site.policy).paths else {
      throw ComposeError(
        .refused, "tree \(tree)", "it has other repositories than the policy describes by now",
        remedy: "Compose the next release with the new layout, or put the old one back")
    }
    try Preflight(site: site).checkPush(plan.builds, into: directory, manifest)
    release = plan.release
    self.tree = tree
    serial = plan.serial
    builds = plan.builds
    revision = plan.revision
    allowUnsigned = plan.allowUnsigned
  }

  package var title: String { "update \(release)" }
  package var summary: String {
    "push \(serial): \(builds.map(\.nvr.description).joined(separator: ", "))"
      + (allowUnsigned ? "; unsigned RPMs allowed" : "")
  }

  private var push: PushBuilds { PushBuilds(tree: tree, builds: builds, revision: revision) }

  package func steps(at site: Site) throws -> [any Step] { [push] }

  package func conclude(at site: Site) throws -> @Sendable (LedgerChange) throws -> Void {
    let (release, serial) = (self.release, self.serial)
    let directory = try Directory.open(root: site.locations.public).open(tree.path)
    let record = try TreeRecord(of: tree, at: .public, directory: directory, revision: revision)
    let pushed = builds.map { build in
      BuildRecord(
        package: build.package, evr: build.evr, push: serial,
        marker: build.marker.map { MarkerRecord(marker: $0.marker, rpm: $0.rpm.fileName) })
    }
    let allowsUnsigned = allowUnsigned
    return { change in
      try change.setTree(record)
      try change.forgetChecks(of: release)
      if allowsUnsigned { try change.setAllowsUnsigned(release) }
      try change.addBuilds(pushed, to: release)
      try change.setPushes(serial, of: release)
    }
  }

  package func undo(
    at site: Site, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    if try push.isVisible(at: site) { return nil }
    try push.removeAdded(at: site)
    return { _ in }
  }
}
