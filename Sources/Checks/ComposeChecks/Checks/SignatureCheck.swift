import ComposeTrees
import ComposePlanning
import ComposePolicy
import ReleaseLedger
import ReleaseModel

/// `signatures`: header and payload digests of every RPM hold, and it is
/// signed by a valid key of the policy with a hash that the policy takes,
/// unless the release was composed with unsigned RPMs allowed.
struct SignatureCheck: TreeCheck {
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding] {
    scan.rpms.compactMap { path, result -> (path: RelativePath, finding: Finding)? in
      finding(result, at: path, of: release).map { (path, $0) }
    }.sorted { $0.path < $1.path }.map(\.finding)
  }

  private func finding(
    _ result: Result<RPMFile, ComposeError>, at path: RelativePath, of release: CheckedRelease
  ) -> Finding? {
    switch result {
    case .failure(let error):
      return Finding(
        code: "damaged", message: "\(path): \(error.cause)",
        remedy: "Restore it from the build system; abandon the release and compose it again")
    case .success(let rpm):
      let finding = rpm.signatureFinding(floor: release.policy.gate.signing.digestFloor)
      if release.allowsUnsigned, finding?.isWaivedByAllowUnsigned == true { return nil }
      return finding
    }
  }
}
