import ComposePlanning
import ComposePolicy
import ReleaseLedger
import ReleaseModel

/// `signatures`: header and payload digests of every RPM hold, and it is
/// signed by a valid key of the policy with a hash that the policy takes,
/// unless the release was composed with unsigned RPMs allowed.
struct SignatureCheck: TreeCheck {
  let name = CheckName.signatures

  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding] {
    scan.rpms.sorted { $0.key < $1.key }.compactMap { path, result in
      switch result {
      case .failure(let error):
        return Finding(
          code: "damaged", message: "\(path): \(error.cause)",
          remedy: "Restore it from the build system; abandon the release and compose it again")
      case .success(let rpm):
        if release.record.allowUnsigned { return nil }
        return rpm.signatureFinding(floor: release.policy.gate.digestFloor)
      }
    }
  }
}
