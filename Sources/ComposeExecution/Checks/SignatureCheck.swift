import ReleaseLedger
import ReleaseModel

/// `signatures`: header and payload digests of every RPM hold, and it is
/// signed by a key of the policy, unless the release was composed with
/// unsigned RPMs allowed.
struct SignatureCheck: TreeCheck {
  let name = "signatures"

  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding] {
    scan.rpms.sorted { $0.key < $1.key }.compactMap { path, result in
      switch result {
      case .failure(let error):
        return Finding(
          code: "damaged", message: "\(path): \(error.cause)",
          remedy: "Restore it from the build system; abandon the release and compose it again")
      case .success(let rpm):
        if rpm.signature.isTrusted || release.record.allowUnsigned { return nil }
        return Finding(
          code: "untrusted", message: "\(path) is not signed by a key of the policy",
          remedy: "Sign it, or add its key to signing.keys; then compose again")
      }
    }
  }
}
