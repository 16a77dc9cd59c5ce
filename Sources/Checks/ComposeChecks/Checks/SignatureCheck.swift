import ComposePlanning
import ComposePolicy
import ComposeTrees
import ReleaseLedger
import ReleaseModel

/// `signatures`: header and payload digests of every RPM hold, and it is
/// signed by a valid key of the policy with a hash that the policy takes,
/// unless the release was composed with unsigned RPMs allowed.
struct SignatureCheck: TreeCheck {
  /// With how many RPMs pass although nobody has signed them.
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    let scans = try release.scans
    let allowed = scans.reduce(into: Set<String>()) { names, scan in
      for case (let path, .success(let rpm)) in scan.rpms where isAllowed(rpm, in: release) {
        names.insert(path.name)
      }
    }
    return CheckFindings(
      findings: scans.flatMap { scan in
        findings(in: scan, of: release).map { $0.within(scan.path) }
      }, notes: allowed.isEmpty ? [] : [Self.note(allowed.count)])
  }

  private static func note(_ count: Int) -> Finding {
    Finding(
      code: "unsigned-allowed",
      message: "\(count.counted("RPM")) without a signature by a key of the policy "
        + "\(count == 1 ? "was" : "were") allowed",
      remedy: "Sign \(count == 1 ? "it" : "them"), then compose again without --allow-unsigned")
  }

  /// Whether it passes only because somebody said so.
  private func isAllowed(_ rpm: RPMFile, in release: CheckedRelease) -> Bool {
    let finding = rpm.signatureFinding(floor: release.policy.gate.signing.digestFloor)
    return release.allowsUnsigned && finding?.isWaivedByAllowUnsigned == true
  }

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
      return isAllowed(rpm, in: release)
        ? nil : rpm.signatureFinding(floor: release.policy.gate.signing.digestFloor)
    }
  }
}
