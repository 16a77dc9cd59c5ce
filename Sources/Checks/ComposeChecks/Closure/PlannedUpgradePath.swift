package import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DurableFiles
import PackageLibrary
import RPMPackages
package import ReleaseModel
import RepoMetadata

extension StreamContext {
  /// What the check `upgrade-path` would find in a planned release, from its RPM
  /// files and from the metadata of the release that users have.
  ///
  /// Empty where there is nothing to compare with, and where RPMs cannot be read
  /// again: those of a preview that downloads are not kept.
  package func upgradePath(of inventory: Inventory) throws -> [Finding] {
    let assignment = RepositoryAssignment(policy: policy)
    let rpms = Retirement.decide(inventory.builds, assignment).live.flatMap(\.rpms)
    guard policy.gate.level(of: .upgradePath) != .off,
      let baseline = try Baseline.current(in: self),
      rpms.allSatisfy({ $0.path.hasPrefix("/") })
    else { return [] }
    activity.begin("Comparing with \(baseline.release)", total: nil, unit: "")
    defer { activity.end() }
    // An RPM is listed by several repositories.
    let known = try listed(rpms)
    var repositories: [RelativePath: [ListedPackage]] = [:]
    for rpm in rpms {
      guard let package = known[rpm.sha256] else { continue }
      for path in assignment.repositories(of: rpm) {
        repositories[path, default: []].append(package)
      }
    }
    let planned = repositories
    let documents = inventory.documents
    let origin = UpgradeOrigin(baseline)
    do {
      return try Concurrently.map(assignment.paths) { path in
        let arch = assignment.arch(of: path)
        return UpgradePath(
          from: try origin.packages(of: path), to: planned[path] ?? [], order: .rpm,
          users: origin.users, repository: path, arch: arch,
          streams: ModuleMembership(
            try origin.modules(of: path), try arch.map { try documents.modules(of: $0) } ?? .none)
        ).findings
      }.flatMap { $0 }
    } catch let error as ComposeError where error.kind == .badData {
      // Not an error here: a new compose is what repairs the damage, and the closure
      // tells of it.
      return []
    }
  }

  private func listed(_ rpms: [RPMFile]) throws -> [Checksum: ListedPackage] {
    let shares = Concurrently.shares(of: rpms.count, size: 2048)
    let packages = try Concurrently.map(shares) { share in
      try PrimaryReader.packages(of: library.elements(.primary, of: Array(rpms[share])))
    }
    return Dictionary(packages.joined().map { ($0.sha256, $0) }) { first, _ in first }
  }
}
