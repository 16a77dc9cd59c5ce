import ComposePolicy
import ReleaseModel

/// One thing that must hold of a release before it can be promoted.
///
/// To add one: a case of `CheckName`, a file of its own in `Checks/`, and the
/// case that ``TreeCheckRunner`` then lacks; CONTRIBUTING.md walks through it.
protocol ReleaseCheck: Sendable {
  /// Whether it needs the base repositories of the policy.
  var readsBase: Bool { get }

  /// What is wrong, as far as the check can see. Nothing is read but through
  /// `release`.
  func judge(_ release: CheckedRelease) throws -> Judgement
}

extension ReleaseCheck {
  var readsBase: Bool { false }
}

/// What a check has to say.
struct Judgement {
  /// What stands in the way, where the policy's level is `refuse`.
  var findings: [Finding] = []
  /// What is worth knowing, at any level.
  var warnings: [Finding] = []
}

/// A check that looks at one tree at a time.
protocol TreeCheck: ReleaseCheck {
  /// What is wrong; empty where the check passes. Pure.
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding]
}

extension TreeCheck {
  func judge(_ release: CheckedRelease) throws -> Judgement {
    Judgement(
      findings: try release.scans.flatMap { scan in
        findings(in: scan, of: release).map { $0.within(scan.path) }
      })
  }
}

extension Finding {
  /// The same finding, with the directory that it is about in front.
  fileprivate func within(_ path: String) -> Finding {
    Finding(
      code: code, message: "\(path): \(message)", remedy: remedy, package: package, rpms: rpms)
  }
}
