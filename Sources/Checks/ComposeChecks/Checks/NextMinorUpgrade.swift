import ComposePlanning
import ComposePolicy
import ComposeStream
import ComposeTrees
import RPMPackages
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// The way from a maintained release to the next minor release that gets pushes: users go it
/// when Enterprise Linux comes with its next minor release, and nothing that they have may be
/// newer than what they find there.
///
/// Of a push that is judged, only what it brings stands in its way: what was so before is told.
struct NextMinorUpgrade {
  private let release: CheckedRelease
  private let next: Baseline

  /// Nil where the release is not a maintained one, or nothing follows it.
  init?(_ release: CheckedRelease) throws {
    let stream = release.stream
    let standings = try stream.standings()
    guard standings[release.record.id] == .maintained,
      let later = standings.filter({ release.record.id < $0.key && $0.value.getsPushes }).keys
        .min(),
      let next = try stream.ledger.release(later).flatMap({ try Baseline($0, in: stream) })
    else { return nil }
    self.release = release
    self.next = next
  }

  func check() throws -> CheckFindings {
    var found: [Area: [Finding]] = [:]
    let assignment = RepositoryAssignment(policy: release.policy)
    for listing in try release.listings
    where UpgradePathCheck.areas(release).contains(listing.tree.area) {
      for (repository, result) in listing.repositories.sorted(by: { $0.key < $1.key }) {
        guard case .success(let contents) = result else { continue }
        found[listing.tree.area, default: []] +=
          UpgradePath(
            from: contents.packages.map(\.nevra), to: try next.packages(of: repository),
            order: .rpm,
            users: "users of \(release.record.id) have", repository: repository,
            arch: assignment.arch(of: repository),
            streams: ModuleMembership(
              (try? contents.modules?.get()) ?? .none, try next.modules(of: repository)),
            next: next.release
          ).findings.filter { $0.code == "newer-than-next-minor" }
      }
    }
    let findings = ClosureCheck.merged(Array(found.keys).sorted()) { found[$0] ?? [] }
    guard let arriving = release.arrivingPackages else { return CheckFindings(findings: findings) }
    let standing = findings.filter { $0.package.map(arriving.contains) ?? false }
    return CheckFindings(findings: standing, warnings: findings.filter { !standing.contains($0) })
  }
}
