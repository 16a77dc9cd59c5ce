import ComposePolicy
import ReleaseModel

/// One thing that must hold of a release before it can be promoted.
///
/// To add one: a case of `CheckName`, a file of its own in `Checks/`, and the
/// case that ``TreeCheckRunner`` then lacks; CONTRIBUTING.md walks through it.
protocol ReleaseCheck: Sendable {
  /// Whether it needs the base repositories of the policy.
  var readsBase: Bool { get }

  /// Runs the check. It reads nothing but what `release` offers.
  func check(_ release: CheckedRelease) throws -> CheckFindings
}

extension ReleaseCheck {
  var readsBase: Bool { false }
}

/// What a check found.
struct CheckFindings {
  /// What stands in the way, where the policy's level is `refuse`.
  var findings: [Finding] = []
  /// Warnings: shown, but never in the way of a promotion.
  var warnings: [Finding] = []
  /// What the verdict does not cover.
  var notes: [Finding] = []
  /// How many names were taken for granted; nil where none may be.
  var assumed: Int?
}

/// A check that looks at one tree at a time.
protocol TreeCheck: ReleaseCheck {
  /// What is wrong; empty where the check passes. Pure.
  func findings(in scan: TreeScan, of release: CheckedRelease) -> [Finding]
}

extension TreeCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    CheckFindings(
      findings: try release.scans.flatMap { scan in
        findings(in: scan, of: release).map { $0.within(scan.path) }
      })
  }
}

extension Finding {
  /// The same finding, with the directory that it is about in front.
  func within(_ path: String) -> Finding {
    Finding(
      code: code, message: "\(path): \(message)", remedy: remedy, package: package, rpms: rpms,
      removals: removals)
  }
}
